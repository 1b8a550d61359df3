/*
 * The arrangement of an object's entries: on one line, in columns, or one below the other.
 * Evaluates to a function that gives {layOut, width}.
 *
 * `frame` is what surrounds the object: {options, indent, lastLevel, maxItems}, an Inspection of inspect.js.
 * `shape` is how it is written: `text open entries close`, and whether its entries are a `list` of items.
 */
(function () {
    'use strict';

    /** First and last code points of the ranges whose characters take two columns. */
    const WIDE = [
        [0x1100, 0x115f], [0x2e80, 0x303e], [0x3041, 0x4dbf], [0x4e00, 0xa4cf], [0xac00, 0xd7a3], [0xf900, 0xfaff],
        [0xfe30, 0xfe6f], [0xff01, 0xff60], [0xffe0, 0xffe6], [0x1f300, 0x1f64f], [0x1f680, 0x1f6ff],
        [0x1f900, 0x1f9ff], [0x20000, 0x3fffd],
    ];
    let invisible; // made when first needed: engines take long over classes of characters

    const withoutColors = (text) => text.replace(/\x1b\[\d+m/g, '');

    /** The number of terminal columns that the text takes. */
    function width(text, colored) {
        if (colored) text = withoutColors(text);
        if (/^[\x20-\x7e]*$/.test(text)) return text.length;
        invisible ??= new RegExp('[\\p{Cc}\\p{Mn}\\p{Me}\\p{Cf}]', 'u');
        let columns = 0;
        for (const char of text.normalize('NFC')) {
            const code = char.codePointAt(0);
            if (WIDE.some(([first, last]) => code >= first && code <= last)) columns += 2;
            else if (!invisible.test(char)) columns += 1;
        }
        return columns;
    }

    /** `level` is the number of objects around this one. */
    function layOut(frame, shape, entries, level) {
        const { compact } = frame.options;
        const newline = `\n${' '.repeat(frame.indent)}`;
        if (compact === true) return layOutTightly(frame, shape, entries, newline);
        const lead = shape.text === '' ? '' : `${shape.text} `;
        let rows = entries;
        if (compact >= 1) {
            if (shape.list && entries.length > 6) rows = columns(frame, entries, shape.items);
            const shallow = frame.lastLevel - level < compact;
            const line = shallow && rows === entries ? oneLine(frame, shape, entries) : null;
            if (line !== null) return `${lead}${shape.open} ${line} ${shape.close}`;
        }
        return `${lead}${shape.open}${newline}  ${rows.join(`,${newline}  `)}${newline}${shape.close}`;
    }

    /** The option `compact: true`: nothing but the width breaks a line, and brackets share it with entries. */
    function layOutTightly(frame, shape, entries, newline) {
        const text = shape.text === '' ? '' : ` ${shape.text}`;
        if (fits(frame, entries, entries.length, shape.text)) {
            return `${shape.open}${text} ${entries.join(', ')} ${shape.close}`;
        }
        const start = text === '' && shape.open.length === 1 ? ' ' : `${text}${newline}  `;
        return `${shape.open}${start}${entries.join(`,${newline}  `)} ${shape.close}`;
    }

    function oneLine(frame, shape, entries) {
        const used = 2 * entries.length + frame.indent + shape.open.length + shape.text.length + 10;
        if (!fits(frame, entries, used, shape.text)) return null;
        const line = entries.join(', ');
        return line.includes('\n') ? null : line;
    }

    function fits({ options }, entries, used, text) {
        for (const entry of entries) {
            used += options.colors ? withoutColors(entry).length : entry.length;
            if (used > options.breakLength) return false;
        }
        return !text.includes('\n');
    }

    /**
     * Many short entries as rows of aligned columns; the same array if they would not gain by it. Numbers
     * (`items.numeric`) are aligned at their ends.
     */
    function columns(frame, entries, items) {
        const { options, maxItems } = frame;
        const extra = entries.length > maxItems ? 1 : 0; // "... more items" stays on a line of its own
        const count = entries.length - extra;
        const widths = entries.slice(0, count).map((entry) => width(entry, options.colors) + 2);
        const perRow = columnCount(frame, widths, entries.length);
        if (perRow <= 1) return entries;
        const columnWidths = new Array(perRow).fill(0);
        widths.forEach((each, i) => (columnWidths[i % perRow] = Math.max(columnWidths[i % perRow], each)));
        const cell = (entry, i) => {
            const last = i === count - 1 || i % perRow === perRow - 1;
            const gap = ' '.repeat(columnWidths[i % perRow] - widths[i]);
            if (items?.numeric) return gap + entry + (last ? '' : ', ');
            return last ? entry : `${entry}, ${gap}`;
        };
        const cells = entries.slice(0, count).map(cell);
        const rows = [];
        for (let start = 0; start < count; start += perRow) rows.push(cells.slice(start, start + perRow).join(''));
        return extra ? [...rows, entries[count]] : rows;
    }

    /**
     * How many columns make the block about two and a half times as many characters wide as high, which looks square;
     * fewer where the widths differ much. At most one if columns are no gain.
     */
    function columnCount({ options, indent }, widths, entryCount) {
        const widest = Math.max(...widths);
        const total = widths.reduce((sum, each) => sum + each, 0);
        const even = total / widest > 5 || widest <= 8;
        if (!even || widest * 3 + indent >= options.breakLength) return 1;
        const typical = Math.max(widest - 3 - Math.sqrt(widest - total / entryCount), 1);
        return Math.min(
            Math.round(Math.sqrt(2.5 * typical * widths.length) / typical),
            Math.floor((options.breakLength - indent) / widest),
            options.compact * 4,
            15,
        );
    }

    return { layOut, width };
})
