package dev.latent.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter err = new StringWriter();

    @Test
    void offATerminal_writesEachNewsOnce() {
        ProgressLine line = new ProgressLine(terminal(false, Map.of()));

        line.update("train", 0.1, "live only", "1/20  loss 0.5");
        line.update("train", 0.15, "live only", "1/20  loss 0.5");
        line.update("train", 0.16, "live only", "");
        line.update("train", 0.2, "live only", "2/20  loss 0.4");
        line.clear();

        assertThat(err).hasToString("train  1/20  loss 0.5\ntrain  2/20  loss 0.4\n");
    }

    @Test
    void onATerminal_redrawsOneLine() {
        ProgressLine line = new ProgressLine(terminal(true, Map.of()));

        line.update("train", 0.5, "10/20", "plain only");
        line.message("the server went away");
        line.update("train", 1.7, "20/20", "plain only");
        line.clear();
        line.clear();

        assertThat(err)
                .hasToString("\r\u001b[Ktrain  [============            ] 10/20"
                        + "\r\u001b[Kthe server went away\n"
                        + "\r\u001b[Ktrain  [========================] 20/20"
                        + "\r\u001b[K");
    }

    @Test
    void onATerminal_neverWrapsNorObeysControlCharacters() {
        ProgressLine line = new ProgressLine(terminal(true, Map.of()));

        line.update("t", -1, "\u001b" + "x".repeat(200), "");

        assertThat(err.toString().substring("\r\u001b[K".length())).hasSize(39).startsWith("t  \\u001bxxx");
    }

    @Test
    void onADumbTerminal_writesPlainLines() {
        new ProgressLine(terminal(true, Map.of("TERM", "dumb"))).update("train", 0.5, "live", "plain");

        assertThat(err).hasToString("train  plain\n");
    }

    private Terminal terminal(boolean isTerminal, Map<String, String> environment) {
        PrintWriter writer = new PrintWriter(err, true);
        return new Terminal(InputStream.nullInputStream(), writer, writer, isTerminal, isTerminal, 40, environment);
    }
}
