package dev.latent.cli.models;

import dev.latent.cli.session.ClientCommand;
import dev.latent.cli.session.CommandContext;
import dev.latent.cli.session.ExitCode;
import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Words;
import dev.latent.client.LatentClient;
import dev.latent.v1.VerifyModelVersionRequest;
import dev.latent.v1.VerifyModelVersionResponse;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a version. */
@Command(name = "verify", description = "Check every file of a version against its manifest; exit code 8 when damaged.")
final class VersionsVerify extends ClientCommand {

    @Mixin
    private final VersionParameters version = new VersionParameters();

    VersionsVerify(CommandContext context) {
        super(context);
    }

    @Override
    protected Duration defaultTimeout() {
        return Duration.ofMinutes(10);
    }

    @Override
    protected ExitCode run(LatentClient client) {
        String name = version.name();
        VerifyModelVersionResponse report = client.models()
                .verifyModelVersion(
                        VerifyModelVersionRequest.newBuilder().setName(name).build());
        String checked =
                Words.count(report.getFileCount()) + " files, " + Words.size(report.getByteCount()) + " checked";
        showLine(name + (report.getIntact() ? " is intact: " : " is damaged: ") + checked, () -> json(name, report));
        if (!isJson()) {
            report.getProblemsList().forEach(this::say);
        }
        return report.getIntact() ? ExitCode.DONE : ExitCode.CORRUPTION;
    }

    private static Object json(String name, VerifyModelVersionResponse report) {
        return Json.object(
                "version", name,
                "intact", report.getIntact(),
                "problems", List.copyOf(report.getProblemsList()),
                "files", report.getFileCount(),
                "bytes", report.getByteCount());
    }
}
