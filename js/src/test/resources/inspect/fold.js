/* The text with each run of stack frames replaced by one line, because frames differ between engines. */
(text) =>
    text.replace(/(\n\s+)at [^\n]*(\1(at|\.\.\. \d+ lines) [^\n]*)*/g, (run, lead) => {
        const [rest] = /( \{|,)?$/.exec(run);
        return `${lead}at <frames>${rest}`;
    })
