package library;

public final class Needed {
    public static String word() {
        return "from the library";
    }
}
