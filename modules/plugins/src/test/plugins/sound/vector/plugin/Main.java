package plugin;

import jdk.incubator.vector.FloatVector;

public final class Main extends Template {
    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String description() {
        return "Lanes: " + FloatVector.SPECIES_PREFERRED.length();
    }
}
