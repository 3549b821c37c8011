package dev.latent.interactions;

/**
 * Why a line, or a whole file, was not imported.
 *
 * @param file its name, without the folder
 * @param line from 1; 0 when it is about the file as a whole
 * @param column number of the field from 1; 0 when it is about the line as a whole
 * @param reason what is wrong and what was expected
 */
public record ImportProblem(String file, long line, int column, String reason) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (column > 0) {
            text.append(':').append(column);
        }
        return text.append(": ").append(reason).toString();
    }
}
