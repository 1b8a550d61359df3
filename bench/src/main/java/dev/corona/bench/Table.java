package dev.corona.bench;

import java.util.ArrayList;
import java.util.List;

/** A table of text: the first column is names, the others are numbers. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row; numbers are written as in targets, missing ones (NaN) as a dash. */
    public void add(String name, Object... cells) {
        List<String> row = new ArrayList<>();
        row.add(name);
        for (Object cell : cells)
            row.add(cell instanceof Double d ? Target.number(d) : cell.toString());
        if (row.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    "row %s must have %d cells, as the header"
                            .formatted(row, rows.getFirst().size()));
        }
        rows.add(row);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++)
                append(out, column, row.get(column));
            out.append('\n');
        }
        return out.toString();
    }

    private void append(StringBuilder out, int column, String cell) {
        String padding = " ".repeat(width(column) - cell.length());
        if (column == 0) out.append("  ").append(cell).append(padding);
        else out.append("  ").append(padding).append(cell);
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
