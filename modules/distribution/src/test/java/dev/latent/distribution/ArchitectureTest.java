package dev.latent.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between the rooms of Latent: who may use whom, and that nobody else does. */
class ArchitectureTest {

    private static final String EVERYTHING = "dev.latent..";

    /** Each room with the rooms it may use; {@code v1} is the contract's. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("v1", List.of()),
            Map.entry("spi", List.of()),
            Map.entry("math", List.of()),
            Map.entry("storage", List.of("spi")),
            Map.entry("exchange", List.of("spi", "storage")),
            Map.entry("testkit", List.of("spi")),
            Map.entry("algorithms.wals", List.of("spi", "math")),
            Map.entry("algorithms.sgd", List.of("spi", "math")),
            Map.entry("algorithms.popularity", List.of("spi", "math")),
            Map.entry("algorithms.ease", List.of("spi", "math")),
            Map.entry("algorithms.itemknn", List.of("spi", "math")),
            Map.entry("examples.algorithm", List.of("spi")),
            Map.entry("interactions", List.of("spi", "storage")),
            Map.entry("plugins", List.of("spi")),
            Map.entry("evaluation", List.of("spi", "math")),
            Map.entry("training", List.of("plugins", "evaluation", "interactions", "models", "storage", "spi")),
            Map.entry("models", List.of("spi", "storage")),
            Map.entry("retrieval", List.of("math", "spi")),
            Map.entry(
                    "server",
                    List.of(
                            "v1",
                            "training",
                            "exchange",
                            "retrieval",
                            "evaluation",
                            "interactions",
                            "models",
                            "plugins",
                            "storage",
                            "spi",
                            "math")),
            Map.entry("client", List.of("v1")),
            // All after v1 for what works without a server: the check of a home, evaluation and tuning on files.
            Map.entry(
                    "cli", List.of("client", "v1", "training", "plugins", "models", "interactions", "storage", "spi")),
            Map.entry("distribution", List.of()));

    private static final List<String> ROOMS = ARROWS.keySet().stream().sorted().toList();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.latent");

    @ParameterizedTest
    @FieldSource("ROOMS")
    void room_usesOnlyTheRoomsItsArrowsPointTo(String room) {
        var allowed = Stream.concat(Stream.of(room), ARROWS.getOrDefault(room, List.of()).stream())
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);

        classes()
                .that(resideInAPackage(packageOf(room)))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(EVERYTHING)).or(resideInAnyPackage(allowed)))
                .because("arrows between rooms point one way")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClass_livesInARoomWithArrows() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .because("a new room states its arrows here")
                .check(CLASSES);
    }

    @Test
    void everyArrow_leadsToARoom() {
        assertThat(ROOMS)
                .containsAll(ARROWS.values().stream().flatMap(List::stream).toList());
    }

    @Test
    void server_isUsedByNobody() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.latent.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.latent.server..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void algorithms_areUsedByNobody() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.latent.algorithms..", "dev.latent.examples..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.latent.algorithms..", "dev.latent.examples..")
                .because("an algorithm of the house comes by the stranger's door")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void spi_needsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.latent.spi..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "dev.latent.spi..", "org.jspecify.annotations"))
                .because("strangers compile against it")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void javaSerialization_isReadNowhere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .because("it runs what a file tells it to")
                .check(CLASSES);
    }

    private static String packageOf(String room) {
        return "dev.latent." + room + "..";
    }
}
