package dev.latent.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = BenchCommand.commandLine();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String ratings() throws IOException {
        StringBuilder text = new StringBuilder("user,item,value\n");
        for (int user = 0; user < 30; user++) {
            for (int item = user % 3; item < 40; item += 3) {
                text.append(user)
                        .append(',')
                        .append(item)
                        .append(',')
                        .append(1 + (user + item) % 5)
                        .append('\n');
            }
        }
        return Files.writeString(folder.resolve("ratings.csv"), text.toString()).toString();
    }

    @Test
    void train_onAFile_printsTheNamesThatScriptsRelyOn() throws IOException {
        int exitCode = run(
                "train",
                "--data",
                ratings(),
                "--algorithm",
                "sgd",
                "--set",
                "factors=4",
                "--set",
                "learning_rate=0.2",
                "--threads",
                "2",
                "--sweeps",
                "3",
                "-o",
                "json");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("seconds_per_sweep")).hasSize(3);
        assertThat(report.get("cpu_seconds_per_sweep")).hasSize(3);
        assertThat(report.get("interactions_per_second").asDouble()).isPositive();
        assertThat(List.of("loading_seconds", "training_seconds", "evaluation_seconds"))
                .allSatisfy(name -> assertThat(report.get(name).asDouble()).isPositive());
        assertThat(report.get("quality").get("rmse").asDouble()).isBetween(0.0, 4.0);
        assertThat(report.has("peak_rss_bytes")).isTrue();
        assertThat(report.get("hyperparameters").get("factors").asText()).isEqualTo("4");
        assertThat(report.get("hyperparameters").get("epochs").asText()).isEqualTo("3");
        assertThat(report.get("machine").get("cores").asInt()).isPositive();
    }

    @Test
    void train_onHeldOutUsers_foldsThemIn() throws IOException {
        StringBuilder train = new StringBuilder();
        StringBuilder foldIn = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int user = 0; user < 60; user++) {
            for (int item = user % 4; item < 48; item += 4) {
                StringBuilder file = user < 40 ? train : item < 36 ? foldIn : test;
                file.append(user).append(',').append(item).append(",1\n");
            }
        }
        Files.writeString(folder.resolve("train.csv"), train);
        Files.writeString(folder.resolve("foldin.csv"), foldIn);
        Files.writeString(folder.resolve("test.csv"), test);

        assertThat(run("train", "--data", folder.toString(), "--algorithm", "wals", "--set", "factors=8", "-o", "json"))
                .isZero();

        JsonNode quality = new ObjectMapper().readTree(out.toString()).get("quality");
        assertThat(quality.get("recall@20").asDouble()).isGreaterThan(0.9);
        assertThat(quality.get("recall@20_popularity").asDouble()).isLessThan(0.8);
        assertThat(run("train", "--data", folder.toString(), "--algorithm", "sgd"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("predicts ratings; choose another loss");
    }

    @Test
    void train_asText_namesMachineAndSplit() throws IOException {
        assertThat(run("train", "--data", ratings(), "--algorithm", "sgd", "--sweeps", "2"))
                .isZero();
        assertThat(out.toString()).contains("machine ", "random:0.1 seed 42", "seconds per sweep", "rmse_bias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "|Missing command",
                "trian|trian",
                "train --data x|--algorithm",
                "train --algorithm sgd --data nowhere.csv|nowhere.csv",
                "train --algorithm svd --data nowhere.csv|'svd' is not one of ease, item-knn, popularity, sgd, wals",
                "train --algorithm popularity --data x --sweeps 3|leave --sweeps out",
                "train --algorithm sgd --data x --sweeps 3 --set epochs=4|give one of them",
                "train --algorithm sgd --data x --set factors=0|factors",
                "train --algorithm sgd --data x --set nonsense=1|nonsense",
                "train --algorithm sgd --data x --threads 0|--threads is 0",
                "train --algorithm sgd --data x -o yaml|'yaml' is not one of text, json",
                "quality --data nowhere|nowhere is no folder",
                "quality --data nowhere --only nothing|there are [ml-100k/sgd",
                "quality --data nowhere --threads 0|--threads is 0",
                "kernels --millis 20|--millis is 20, expected at least 100",
                "load --server localhost:1 --model m --users 5 --calls 3|at least one a round",
                "load --server localhost:1 --model m --users 5 --concurrency 0|--concurrency is 0"
            })
    void wrongUse_endsWithTwo_andSaysWhat(String arguments, String message) {
        String[] words = arguments == null ? new String[0] : arguments.split(" ", -1);

        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ").contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void load_withoutAServer_endsWithOne_andCountsEveryCallAsFailed() {
        int exitCode = run(
                "load",
                "--server",
                "localhost:1",
                "--model",
                "m",
                "--users",
                "5",
                "--calls",
                "200",
                "--warm-up",
                "0",
                "--rounds",
                "2");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("200 x UNAVAILABLE");
    }

    @Test
    void help_listsTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(List.of("kernels", "train", "quality", "load"))
                .allSatisfy(name -> assertThat(out.toString()).contains(name));
    }
}
