package dev.latent.cli.data;

import dev.latent.cli.terminal.Json;
import dev.latent.cli.terminal.Table;
import dev.latent.cli.terminal.Words;
import dev.latent.v1.ImportInteractionsResponse;
import dev.latent.v1.ImportProblem;
import dev.latent.v1.ImportedFile;
import java.util.Map;

/** Imports in words. */
final class ImportText {

    private ImportText() {}

    static Table table(ImportInteractionsResponse response) {
        Table table = Table.of("FILE", "STATE", ">INTERACTIONS", ">ITEMS", ">USERS", ">BAD LINES");
        for (ImportedFile file : response.getFilesList()) {
            table.row(
                    file.getName(),
                    Words.state(file.getState(), "STATE_"),
                    Words.count(file.getInteractionCount()),
                    Words.count(file.getItemCount()),
                    Words.count(file.getUserCount()),
                    Words.count(file.getProblemCount()));
        }
        return table;
    }

    /** A bad line as compilers name theirs: file, line, column, reason. */
    static String problem(ImportProblem problem) {
        String column = problem.getColumn().isEmpty() ? "" : " column " + problem.getColumn() + ":";
        return problem.getFile() + ":" + problem.getLine() + ":" + column + " " + problem.getReason();
    }

    static Map<String, Object> json(ImportInteractionsResponse response) {
        return Json.object(
                "files", response.getFilesList().stream().map(ImportText::json).toList(),
                "dataset", DatasetText.json(response.getDataset()));
    }

    private static Map<String, Object> json(ImportedFile file) {
        return Json.object(
                "name", file.getName(),
                "state", Words.state(file.getState(), "STATE_"),
                "interactions", file.getInteractionCount(),
                "items", file.getItemCount(),
                "users", file.getUserCount(),
                "problem_count", file.getProblemCount(),
                "problems",
                        file.getProblemsList().stream()
                                .map(problem -> Json.object(
                                        "file", problem.getFile(),
                                        "line", problem.getLine(),
                                        "column", problem.getColumn(),
                                        "reason", problem.getReason()))
                                .toList());
    }
}
