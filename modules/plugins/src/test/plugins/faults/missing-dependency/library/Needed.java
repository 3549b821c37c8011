package library;

public final class Needed {}
