package dev.latent.cli.training;

import dev.latent.v1.EvaluationSplit;
import dev.latent.v1.EvaluationSplit.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how interactions are held out, such as {@code random:0.2}. */
final class SplitConverter implements ITypeConverter<SplitConverter.Split> {

    static final Split AUTO = new Split(Kind.KIND_UNSPECIFIED, 0);

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?::(0?\\.[0-9]{1,9}))?");

    /**
     * How interactions are held out.
     *
     * @param kind which way
     * @param share which share; 0 for the default
     */
    record Split(Kind kind, double share) {

        EvaluationSplit toProto() {
            return EvaluationSplit.newBuilder().setKind(kind).setFraction(share).build();
        }
    }

    @Override
    public Split convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw bad(text);
        }
        Kind kind = kind(form.group(1), text);
        boolean takesShare = kind == Kind.KIND_RANDOM || kind == Kind.KIND_TEMPORAL;
        if (form.group(2) == null) {
            return new Split(kind, 0);
        }
        double share = Double.parseDouble(form.group(2));
        if (!takesShare || share <= 0) {
            throw bad(text);
        }
        return new Split(kind, share);
    }

    private static Kind kind(String word, String text) {
        return switch (word) {
            case "auto" -> Kind.KIND_UNSPECIFIED;
            case "leave-last-out" -> Kind.KIND_LEAVE_LAST_OUT;
            case "random" -> Kind.KIND_RANDOM;
            case "temporal" -> Kind.KIND_TEMPORAL;
            case "none" -> Kind.KIND_NONE;
            default -> throw bad(text);
        };
    }

    private static TypeConversionException bad(String text) {
        return new TypeConversionException("'" + text
                + "' is not a split, expected auto, leave-last-out, random[:SHARE], temporal[:SHARE] or none,"
                + " with a share above 0 and below 1");
    }
}
