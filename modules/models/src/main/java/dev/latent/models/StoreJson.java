package dev.latent.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latent.spi.Confidence;
import dev.latent.spi.FoldIn;
import dev.latent.storage.JsonFiles;
import java.io.IOException;

/** The mapper of the store's files: laws of fold-in and confidence are objects with their {@code kind}. */
final class StoreJson {

    static final JsonMapper MAPPER = JsonFiles.mapper()
            .rebuild()
            .addMixIn(FoldIn.class, FoldInKinds.class)
            .addMixIn(FoldIn.WeightedRidge.class, LaterWeights.class)
            .addMixIn(FoldIn.Gradient.class, LaterSteps.class)
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

    /** Versions of an earlier day lack what weighted ridge learnt later. */
    @JsonDeserialize(using = WeightedRidgeReader.class)
    private interface LaterWeights {}

    /** Puts in what is lacking: neither normalised items nor recency. */
    private static final class WeightedRidgeReader extends StdDeserializer<FoldIn.WeightedRidge> {
        private static final long serialVersionUID = 1;

        private record StoredRidge(
                FoldIn.Ridge ridge,
                double userWeightExponent,
                double meanHistory,
                boolean nonNegative,
                boolean normalizedItems,
                double recencyHalfLife) {}

        WeightedRidgeReader() {
            super(FoldIn.WeightedRidge.class);
        }

        @Override
        public FoldIn.WeightedRidge deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectNode law = context.readValue(parser, ObjectNode.class);
            law.putIfAbsent("normalizedItems", BooleanNode.FALSE);
            law.putIfAbsent("recencyHalfLife", DoubleNode.valueOf(0));
            StoredRidge stored = context.readTreeAsValue(law, StoredRidge.class);
            return new FoldIn.WeightedRidge(
                    stored.ridge(),
                    stored.userWeightExponent(),
                    stored.meanHistory(),
                    stored.nonNegative(),
                    stored.normalizedItems(),
                    stored.recencyHalfLife());
        }
    }

    /** Versions of an earlier day lack what the gradient law learnt later. */
    @JsonDeserialize(using = GradientReader.class)
    private interface LaterSteps {}

    /** Puts in what is lacking: no recency. */
    private static final class GradientReader extends StdDeserializer<FoldIn.Gradient> {
        private static final long serialVersionUID = 1;

        private record StoredGradient(
                FoldIn.Loss loss,
                int epochs,
                double learningRate,
                double regularization,
                int negatives,
                double minimumValue,
                double recencyHalfLife,
                int recentPasses,
                int recentCandidates) {}

        GradientReader() {
            super(FoldIn.Gradient.class);
        }

        @Override
        public FoldIn.Gradient deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectNode law = context.readValue(parser, ObjectNode.class);
            law.putIfAbsent("recencyHalfLife", DoubleNode.valueOf(0));
            law.putIfAbsent("recentPasses", IntNode.valueOf(1));
            law.putIfAbsent("recentCandidates", IntNode.valueOf(1));
            StoredGradient stored = context.readTreeAsValue(law, StoredGradient.class);
            return new FoldIn.Gradient(
                    stored.loss(),
                    stored.epochs(),
                    stored.learningRate(),
                    stored.regularization(),
                    stored.negatives(),
                    stored.minimumValue(),
                    stored.recencyHalfLife(),
                    stored.recentPasses(),
                    stored.recentCandidates());
        }
    }

    /** Names the laws of confidence. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Confidence.Linear.class, name = "linear"),
        @JsonSubTypes.Type(value = Confidence.Logarithmic.class, name = "logarithmic")
    })
    private interface ConfidenceKinds {}
}
