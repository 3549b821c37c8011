package plugin;

public final class Other {}
