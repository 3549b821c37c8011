package dev.latent.cli.data;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Words;
import dev.latent.client.InteractionWriter;
import dev.latent.client.LatentClient;
import dev.latent.v1.Interaction;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes interactions through the stream that services use. */
@Command(
        name = "write",
        description = {
            "Write interactions through the stream that services use; they are durable when this ends.",
            "Each line is user,item[,value[,time[,type]]]: value 1, the time of arrival and the type 'rating' when",
            "left out; time in seconds since 1970 or ISO 8601. Lines come from standard input when none is given."
        },
        footer = {"", "Example: latent interactions write movies ada,50,5 ada,181,4.5"})
final class InteractionsWrite extends ClientCommand {

    private static final int BATCH = 1000;

    @Parameters(index = "0", paramLabel = "DATASET", description = "Name of the dataset.")
    private String dataset = "";

    @Parameters(index = "1..*", paramLabel = "LINE", description = "Interactions.")
    private List<String> lines = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Type of lines without one (default: rating).")
    private String type = "";

    private long written;

    InteractionsWrite(CommandContext context) {
        super(context);
    }

    @Override
    protected ExitCode run(LatentClient client) throws IOException, InterruptedException {
        // Lines given are read before anything is written, so that a slip among them changes nothing.
        List<Interaction> given = new ArrayList<>();
        for (String line : lines) {
            given.add(InteractionLine.parse(line, "argument " + (given.size() + 1), type));
        }
        try (InteractionWriter writer = client.writeInteractions(dataset)) {
            CompletableFuture<Void> last = given.isEmpty() ? writeInput(writer) : writeAll(writer, given);
            await(last);
        }
        print("dataset/" + dataset + " " + Words.count(written) + " interactions written");
        return ExitCode.DONE;
    }

    private CompletableFuture<Void> writeAll(InteractionWriter writer, List<Interaction> interactions) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int from = 0; from < interactions.size(); from += BATCH) {
            List<Interaction> batch = interactions.subList(from, Math.min(interactions.size(), from + BATCH));
            last = writer.write(batch);
            written += batch.size();
        }
        return last;
    }

    private CompletableFuture<Void> writeInput(InteractionWriter writer) throws IOException {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        List<Interaction> batch = new ArrayList<>(BATCH);
        BufferedReader input =
                new BufferedReader(new InputStreamReader(terminal().in(), StandardCharsets.UTF_8));
        long number = 0;
        for (@Nullable String line = input.readLine(); line != null; line = input.readLine()) {
            number++;
            if (!line.isBlank()) {
                batch.add(InteractionLine.parse(line, "standard input line " + number, type));
            }
            if (batch.size() == BATCH) {
                last = writeAll(writer, List.copyOf(batch));
                batch.clear();
            }
        }
        return batch.isEmpty() ? last : writeAll(writer, batch);
    }

    private static void await(CompletableFuture<Void> durable) throws InterruptedException {
        try {
            durable.get();
        } catch (ExecutionException e) {
            throw Status.fromThrowable(e).asRuntimeException(Status.trailersFromThrowable(e));
        }
    }
}
