package dev.latent.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_areAsWideAsTheirWidestCell() {
        Table table = Table.of("NAME", ">COUNT", "TITLE").row("a", 12_345, "x").row("longer", 7, "");

        assertThat(print(table, false)).isEqualTo("""
                        NAME    COUNT  TITLE
                        a       12345  x
                        longer      7  -
                        """);
    }

    @Test
    void wideLetters_countTwice_andMarksNot() {
        Table table = Table.of("TITLE", ">N").row("千と千尋", 1).row("Ame\u0301lie", 22);

        assertThat(print(table, false)).isEqualTo("TITLE      N\n千と千尋   1\nAme\u0301lie    22\n");
    }

    @Test
    void cellThatDrivesATerminal_isEscaped() {
        assertThat(print(Table.of("TITLE").row("\u001b]0;owned\u0007\n\u202Eevil"), false))
                .isEqualTo("TITLE\n\\u001b]0;owned\\u0007\\u000a\\u202eevil\n");
    }

    @Test
    void headings_areBoldOnDemand() {
        assertThat(print(Table.of("A").row("b"), true)).isEqualTo("\u001b[1mA\u001b[0m\nb\n");
    }

    @Test
    void rowOfAnotherLength_isRefused() {
        Table table = Table.of("A", "B");

        assertThatThrownBy(() -> table.row("only one")).hasMessageContaining("1 cells, expected 2");
    }

    private static String print(Table table, boolean bold) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true), bold);
        return text.toString();
    }
}
