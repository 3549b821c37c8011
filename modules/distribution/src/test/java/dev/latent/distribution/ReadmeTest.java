package dev.latent.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build compiles. */
class ReadmeTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void algorithmShown_isTheOneInTheTree() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String source = Files.readString(ROOT.resolve(
                "modules/examples/algorithm/src/main/java/" + "dev/latent/examples/algorithm/Together.java"));
        assertThat(readme).contains("```java\n" + source + "```");
        assertThat(source.lines()).hasSizeLessThan(40);
    }

    @Test
    void filesNamed_exist() {
        for (String path : new String[] {
            "deploy/quickstart",
            "proto/src/main/protobuf/latent/v1",
            "modules/testkit",
            "modules/spi",
            "modules/algorithms",
            "modules/examples/algorithm",
            "modules/server/src/main/resources/latent.yaml",
            "modules/benchmarks/README.md",
        }) {
            assertThat(ROOT.resolve(path)).exists();
        }
    }
}
