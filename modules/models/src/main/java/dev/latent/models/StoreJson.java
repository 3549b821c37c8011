package dev.latent.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latent.spi.Confidence;
import dev.latent.spi.FoldIn;
import dev.latent.storage.JsonFiles;

/** The mapper of the store's files: laws of fold-in and confidence are objects with their {@code kind}. */
final class StoreJson {

    static final JsonMapper MAPPER = JsonFiles.mapper()
            .rebuild()
            .addMixIn(FoldIn.class, FoldInKinds.class)
            .addMixIn(Confidence.class, ConfidenceKinds.class)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    /** Writes for people, with the same line ends everywhere. */
    static final ObjectWriter PRETTY = MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER));

    /** Writes on one line. */
    static final ObjectWriter COMPACT = MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    private StoreJson() {}

    /** Names the laws of fold-in. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FoldIn.None.class, name = "none"),
        @JsonSubTypes.Type(value = FoldIn.Ridge.class, name = "ridge"),
        @JsonSubTypes.Type(value = FoldIn.WeightedRidge.class, name = "weighted-ridge"),
        @JsonSubTypes.Type(value = FoldIn.Gradient.class, name = "gradient")
    })
    private interface FoldInKinds {}

    /** Names the laws of confidence. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Confidence.Linear.class, name = "linear"),
        @JsonSubTypes.Type(value = Confidence.Logarithmic.class, name = "logarithmic")
    })
    private interface ConfidenceKinds {}
}
