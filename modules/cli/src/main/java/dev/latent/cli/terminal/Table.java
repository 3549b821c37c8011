package dev.latent.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows for a person to read: one resource a row, headings in capitals, numbers to the right, two spaces between columns
 * and none at the ends of lines. A cell without a value reads {@code -}.
 */
public final class Table {

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * Starts a table.
     *
     * @param headings one a column; a leading {@code >} aligns it to the right
     * @return without rows
     */
    public static Table of(String... headings) {
        return new Table(Arrays.stream(headings).map(Column::parse).toList());
    }

    /**
     * Adds a row.
     *
     * @param cells one a column
     * @return this
     */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("Row has " + cells.length + " cells, expected " + columns.size());
        }
        rows.add(Arrays.stream(cells).map(Table::cell).toList());
        return this;
    }

    private static String cell(Object value) {
        String text = Printable.of(String.valueOf(value));
        return text.isEmpty() ? "-" : text;
    }

    /**
     * Writes headings and rows.
     *
     * @param out where to
     * @param bold whether the headings stand out
     */
    public void print(PrintWriter out, boolean bold) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        String headings = line(columns.stream().map(Column::heading).toList(), widths);
        out.println(bold ? BOLD + headings + PLAIN : headings);
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private int width(int column) {
        int heading = Printable.width(columns.get(column).heading());
        return rows.stream().mapToInt(row -> Printable.width(row.get(column))).reduce(heading, Math::max);
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> columns.get(column).align(cells.get(column), widths[column]))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /** A heading and how its cells are aligned. */
    private record Column(String heading, boolean right) {

        static Column parse(String heading) {
            return heading.startsWith(">") ? new Column(heading.substring(1), true) : new Column(heading, false);
        }

        String align(String cell, int width) {
            String padding = " ".repeat(Math.max(0, width - Printable.width(cell)));
            return right ? padding + cell : cell + padding;
        }
    }
}
