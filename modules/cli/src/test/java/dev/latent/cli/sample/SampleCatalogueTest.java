package dev.latent.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latent.cli.CommandLineHarness;
import dev.latent.cli.CommandLineHarness.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleCatalogueTest {

    private static final SampleCatalogue SAMPLE = SampleCatalogue.of(SampleCatalogue.SEED);

    @TempDir
    private Path folder;

    @Test
    void sample_isLargeEnough() {
        assertThat(SAMPLE.viewers()).hasSizeGreaterThanOrEqualTo(600);
        assertThat(SAMPLE.films()).hasSizeGreaterThanOrEqualTo(320);
        assertThat(SAMPLE.films())
                .allSatisfy(film -> assertThat(film.categories())
                        .hasSizeGreaterThanOrEqualTo(2)
                        .doesNotHaveDuplicates());
        assertThat(SAMPLE.films()).extracting(Film::title).doesNotHaveDuplicates();
        assertThat(SAMPLE.films())
                .allSatisfy(film -> assertThat(film.title())
                        .matches("[A-Za-z0-9' -]+ \\((19|20)[0-9]{2}\\)")
                        .doesNotContain("  "));
    }

    @Test
    void ratings_areHalfStars_onceAFilm_inOrderOfTime() {
        Map<Integer, Long> lastTimes = new HashMap<>();
        Set<List<Integer>> pairs = new HashSet<>();
        for (Rating rating : SAMPLE.ratings()) {
            assertThat(rating.halfStars()).isBetween(1, 10);
            assertThat(pairs.add(List.of(rating.user(), rating.film()))).isTrue();
            Long before = lastTimes.put(rating.user(), rating.time());
            assertThat(before == null || before < rating.time()).isTrue();
        }
        assertThat(lastTimes).hasSize(SAMPLE.viewers().size());
    }

    @Test
    void sameSeed_givesTheSameFilesOnEveryMachine() throws Exception {
        SampleFolder.write(SAMPLE, folder);

        assertThat(sha256("movies.csv")).isEqualTo("3f6fd6d1d58fb29745e6a31af1e5bf538f980533719ab61b96ea95dea1960e36");
        assertThat(sha256("ratings.csv")).isEqualTo("69ea695cdcd5588ef61b30310579b160d8fc8b9418ca9a46411abb9d40dcf8b6");
        assertThat(SampleCatalogue.of(7).ratings()).isNotEqualTo(SAMPLE.ratings());
    }

    private String sha256(String file) throws Exception {
        byte[] content = Files.readAllBytes(folder.resolve(file));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Test
    void tastes_arePlanted() {
        double near = 0;
        double far = 0;
        int nearCount = 0;
        int farCount = 0;
        for (Rating rating : SAMPLE.ratings()) {
            String liking = SAMPLE.viewers().get(rating.user() - 1).favourite().liking();
            boolean favourite =
                    liking.equals(SAMPLE.films().get(rating.film() - 1).kind().liking());
            near += favourite ? rating.halfStars() : 0;
            nearCount += favourite ? 1 : 0;
            far += favourite ? 0 : rating.halfStars();
            farCount += favourite ? 0 : 1;
        }
        assertThat(near / nearCount).isGreaterThan(far / farCount + 2);
        assertThat((double) nearCount / SAMPLE.ratings().size()).isGreaterThan(0.3);
    }

    @Test
    void axes_separateChildrensFilmsFromOthers() {
        FilmKind lively = FilmKind.all().getFirst();
        Viewer child = SAMPLE.typicalViewer(lively);

        assertThat(lively.categories()).contains("Children");
        assertThat(SAMPLE.ratings().stream()
                        .filter(rating -> rating.user() == child.id() && rating.halfStars() >= 8)
                        .map(rating -> SAMPLE.films().get(rating.film() - 1))
                        .filter(film -> film.place().audience() < 0)
                        .count())
                .isGreaterThan(SAMPLE.ratings().stream()
                                .filter(rating -> rating.user() == child.id() && rating.halfStars() >= 8)
                                .count()
                        / 2);
    }

    @Test
    void command_writesAMovieLensFolderAndNamesUsers() throws Exception {
        try (CommandLineHarness latent = new CommandLineHarness()) {
            Result result = latent.run("sample", folder.resolve("new").toString());

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("lively films for children").hasLineCount(10);
            assertThat(Files.readAllLines(folder.resolve("new/movies.csv")).getFirst())
                    .isEqualTo("movieId,title,genres");
            assertThat(Files.readAllLines(folder.resolve("new/ratings.csv")).getFirst())
                    .isEqualTo("userId,movieId,rating,timestamp");
        }
    }
}
