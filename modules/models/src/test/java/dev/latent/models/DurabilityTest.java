package dev.latent.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.storage.StoppingFileOperations;
import dev.latent.storage.StoppingFileOperations.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of steps on which surviving a loss of power rests: forced content, then names, then the answer. */
class DurabilityTest {

    @TempDir
    private Path root;

    private final StoppingFileOperations operations = new StoppingFileOperations(0, Mode.KILL_BEFORE);

    @Test
    void publish_forcesEveryFileBeforeTheRenameAndTheParentAfterIt() throws IOException {
        ModelFixture.create(root, 0, 0);
        ModelFixture.publish(ModelFixture.open(root, operations));
        List<String> steps = operations.steps();

        int rename = steps.indexOf("move to 1");
        for (String section : List.of("item_factors", "user_factors", "user_ids_bytes", "item_ids_offsets")) {
            assertThat(steps.indexOf("forceFile " + section + ".section"))
                    .as(section)
                    .isBetween(0, steps.indexOf("createNewFile manifest.json"));
        }
        assertThat(steps.subList(steps.indexOf("createNewFile manifest.json"), steps.size()))
                .containsExactly(
                        "createNewFile manifest.json",
                        "write manifest.json",
                        "force manifest.json",
                        "makeReadOnly manifest.json",
                        "forceFile manifest.json",
                        steps.get(rename - 1),
                        "move to 1",
                        "forceDirectory versions");
        assertThat(steps.get(rename - 1)).startsWith("forceDirectory .pending-1-");
    }

    @Test
    void promote_forcesTheLedgerBeforeAnythingElse() throws IOException {
        ModelFixture.create(root, 1, 0);
        ModelFixture.promote(ModelFixture.open(root, operations), 1);
        assertThat(operations.steps())
                .containsExactly(
                        "openForAppend ledger.jsonl",
                        "write ledger.jsonl",
                        "force ledger.jsonl",
                        "createNewFile aliases.json.tmp",
                        "write aliases.json.tmp",
                        "force aliases.json.tmp",
                        "replace aliases.json",
                        "forceDirectory movies");
    }

    @Test
    void deleteVersion_takesTheNameAwayBeforeTheFiles() throws IOException {
        ModelFixture.create(root, 1, 0);
        ModelFixture.open(root, operations).deleteVersion("movies", 1, "gc", "old");
        List<String> steps = operations.steps();
        assertThat(steps.subList(0, 3))
                .containsExactly("openForAppend ledger.jsonl", "write ledger.jsonl", "force ledger.jsonl");
        assertThat(steps.get(3)).startsWith("move to .trash-1-");
        assertThat(steps.get(4)).isEqualTo("forceDirectory versions");
        assertThat(steps.subList(5, steps.size())).allMatch(step -> step.startsWith("delete "));
    }

    @Test
    void create_forcesTheModelBeforeItsName() throws IOException {
        ModelFixture.open(root, operations).create(ModelDefinition.of("movies", "d", "wals", Map.of()));
        List<String> steps = operations.steps();
        for (String file : List.of("ledger.jsonl", "aliases.json", "numbers.json", "model.json")) {
            assertThat(steps.indexOf("force " + file)).as(file).isBetween(0, steps.indexOf("move to movies"));
        }
        assertThat(steps.subList(steps.indexOf("move to movies") - 1, steps.size()))
                .satisfiesExactly(
                        step -> assertThat(step).startsWith("forceDirectory .pending-movies-"),
                        step -> assertThat(step).isEqualTo("move to movies"),
                        step -> assertThat(step).isEqualTo("forceDirectory " + root.getFileName()));
    }
}
