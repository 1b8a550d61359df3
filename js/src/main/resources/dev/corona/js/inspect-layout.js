LAYOUT
        // ---- Layout ------------------------------------------------------------------------------------------------

        /** Puts the entries on one line, in columns, or one below the other. */
        layOut(shape, entries, level) {
            const { compact } = this.options;
            const newline = `\n${' '.repeat(this.indent)}`;
            if (compact === true) return this.layOutTightly(shape, entries, newline);
            const lead = shape.text === '' ? '' : `${shape.text} `;
            if (compact >= 1) {
                const rows = shape.list && entries.length > 6 ? this.columns(entries, shape.items) : entries;
                const shallow = this.lastLevel - level < compact;
                if (shallow && rows === entries) {
                    const line = this.oneLine(shape, entries);
                    if (line !== null) return `${lead}${shape.open} ${line} ${shape.close}`;
                }
                entries = rows;
            }
            return `${lead}${shape.open}${newline}  ${entries.join(`,${newline}  `)}${newline}${shape.close}`;
        }

        layOutTightly(shape, entries, newline) {
            const text = shape.text === '' ? '' : ` ${shape.text}`;
            if (this.fits(entries, entries.length, shape.text)) {
                return `${shape.open}${text} ${entries.join(', ')} ${shape.close}`;
            }
            const start = shape.text === '' && shape.open.length === 1 ? ' ' : `${text}${newline}  `;
            return `${shape.open}${start}${entries.join(`,${newline}  `)} ${shape.close}`;
        }

        oneLine(shape, entries) {
            const used = entries.length + this.indent + shape.open.length + shape.text.length + 10;
            if (!this.fits(entries, entries.length + used, shape.text)) return null;
            const line = entries.join(', ');
            return line.includes('\n') ? null : line;
        }

        fits(entries, used, text) {
            for (const entry of entries) {
                used += this.options.colors ? withoutColors(entry).length : entry.length;
                if (used > this.options.breakLength) return false;
            }
            return !text.includes('\n');
        }

        /**
         * Many short entries as rows of aligned columns; the same array if they would not gain by it. The number of
         * columns makes the block about two and a half times as wide as it is high (a character is that much higher
         * than wide), leaning to fewer columns where lengths differ much.
         */
        columns(entries, items) {
            const { breakLength, colors, compact } = this.options;
            const extra = entries.length > this.maxItems ? 1 : 0; // "... more items" stays on a line of its own
            const count = entries.length - extra;
            const widths = entries.slice(0, count).map((entry) => width(entry, colors) + 2);
            const widest = Math.max(...widths);
            const total = widths.reduce((sum, each) => sum + each, 0);
            if (widest * 3 + this.indent >= breakLength || (total / widest <= 5 && widest > 8)) return entries;
            const typical = Math.max(widest - 3 - Math.sqrt(widest - total / entries.length), 1);
            const perRow = Math.min(
                Math.round(Math.sqrt(2.5 * typical * count) / typical),
                Math.floor((breakLength - this.indent) / widest),
                compact * 4,
                15,
            );
            if (perRow <= 1) return entries;
            const columnWidths = Array.from({ length: perRow }, (_, column) =>
                widths.reduce((most, each, i) => (i % perRow === column ? Math.max(most, each) : most), 0),
            );
            const rows = [];
            for (let start = 0; start < count; start += perRow) {
                const end = Math.min(start + perRow, count);
                let row = '';
                for (let i = start; i < end; i++) {
                    const last = i === end - 1;
                    const gap = ' '.repeat(columnWidths[i - start] - widths[i]);
                    const cell = last ? entries[i] : `${entries[i]}, `;
                    row += items?.numeric ? gap + cell : last ? cell : cell + gap;
                }
                rows.push(row);
            }
            return extra ? [...rows, entries[count]] : rows;
        }
    }

    /** The method that shapes each kind of object. */
    const SHAPERS = {
        array: 'shapeArray', 'typed array': 'shapeTypedArray', set: 'shapeSet', map: 'shapeMap',
        iterator: 'shapeIterator', arguments: 'shapeArguments', object: 'shapeObject', module: 'shapeModule',
        function: 'shapeFunction', regexp: 'shapeRegExp', date: 'shapeDate', boxed: 'shapeBoxed',
        error: 'shapeError', buffer: 'shapeBuffer', view: 'shapeView', promise: 'shapePromise', weak: 'shapeWeak',
    };

    function prefixUnless(usual, title) {
        const prefix = title(usual);
        return prefix === usual ? '' : `${prefix} `;
    }
