package dev.latent.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants as ISO-8601 text in UTC. */
final class InstantModule extends SimpleModule {

    @Serial
    private static final long serialVersionUID = 1L;

    InstantModule() {
        super("instants");
        addSerializer(Instant.class, new Serializer());
        addDeserializer(Instant.class, new Deserializer());
    }

    /** Writes {@code 2026-07-01T12:00:00Z}. */
    private static final class Serializer extends StdScalarSerializer<Instant> {

        @Serial
        private static final long serialVersionUID = 1L;

        Serializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.toString());
        }
    }

    /** Reads what {@link Serializer} writes. */
    private static final class Deserializer extends StdScalarDeserializer<Instant> {

        @Serial
        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException exception) {
                return (Instant) context.handleWeirdStringValue(
                        Instant.class, parser.getText(), "expected an instant such as 2026-07-01T12:00:00Z");
            }
        }
    }
}
