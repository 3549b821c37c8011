package dev.latent.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedInteractionsTest {

    @TempDir
    private Path folder = Path.of("");

    private NamedInteractions read(String lines) throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "user_id,item_id,rating,timestamp\n" + lines);
        return NamedInteractions.read(file);
    }

    @Test
    void repeats_becomeOneRowWithTheirSumAndLatestTime() throws IOException {
        NamedInteractions named = read("b,85123A,6,20\na,85123A,1,5\nb,85123A,2,30\nb,85123A,1,10\n");

        assertThat(named.users()).containsExactly("a", "b");
        assertThat(named.items()).containsExactly("85123A");
        assertThat(named.rows().size()).isEqualTo(2);
        assertThat(named.rows().user(0)).isEqualTo(1);
        assertThat(named.rows().value(0)).isEqualTo(9);
        assertThat(named.rows().time(0)).isEqualTo(30);
        assertThat(named.rows().value(1)).isEqualTo(1);
    }

    @Test
    void emptyFields_countOneAtAnUnknownTime() throws IOException {
        NamedInteractions named = read("10001,1000,,\n");

        assertThat(named.rows().value(0)).isEqualTo(1);
        assertThat(named.rows().time(0)).isZero();
    }

    @Test
    void badLines_areNamed() {
        assertThatThrownBy(() -> read("a,b,1,2\na,b,1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("3 fields");
        assertThatThrownBy(() -> read("a,b,many,2\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }
}
