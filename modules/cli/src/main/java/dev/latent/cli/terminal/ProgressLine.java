package dev.latent.cli.terminal;

import java.io.PrintWriter;

/**
 * What goes on, for a person who waits: on a terminal one line that is drawn again and again, elsewhere a plain line each
 * time something worth a line has happened. Confined to one thread at a time.
 */
public final class ProgressLine {

    private static final int BAR = 24;
    private static final String REDRAW = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean live;
    private final int columns;
    private boolean drawn;
    private String lastPlain = "";

    /**
     * Starts without a line.
     *
     * @param terminal whose standard error is written to
     */
    public ProgressLine(Terminal terminal) {
        this.err = terminal.err();
        this.live = terminal.errIsTerminal()
                && !"dumb".equals(terminal.environment().get("TERM"));
        this.columns = terminal.columns();
    }

    /**
     * Shows how far something is.
     *
     * @param title what it is
     * @param fraction 0 to 1; below 0 when not known
     * @param live what to say on a terminal
     * @param plain what to say elsewhere; the same words again, or none, are not repeated
     */
    public void update(String title, double fraction, String live, String plain) {
        if (this.live) {
            draw(title, fraction, live);
        } else if (!plain.isEmpty() && !(title + plain).equals(lastPlain)) {
            lastPlain = title + plain;
            err.println(Printable.of(title + "  " + plain));
        }
    }

    private void draw(String title, double fraction, String text) {
        String line = Printable.of(title + "  " + (fraction < 0 ? "" : bar(fraction) + " ") + text);
        err.print(REDRAW + clip(line));
        err.flush();
        drawn = true;
    }

    private String clip(String line) {
        return line.length() < columns ? line : line.substring(0, columns - 1);
    }

    private static String bar(double fraction) {
        int done = (int) Math.round(Math.clamp(fraction, 0, 1) * BAR);
        return "[" + "=".repeat(done) + " ".repeat(BAR - done) + "]";
    }

    /**
     * Writes a line above the progress.
     *
     * @param text made harmless
     */
    public void message(String text) {
        clear();
        err.println(Printable.of(text));
    }

    /** Takes the line away. */
    public void clear() {
        if (drawn) {
            err.print(REDRAW);
            err.flush();
            drawn = false;
        }
    }
}
