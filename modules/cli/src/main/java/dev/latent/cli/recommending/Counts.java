package dev.latent.cli.recommending;

import dev.latent.cli.session.CommandException;
import dev.latent.cli.session.ExitCode;

/** Numbers given as options. */
final class Counts {

    private Counts() {}

    /** Refuses a number below one, where the contract would take 0 for "not given". */
    static int check(String option, int count) {
        if (count < 1) {
            throw new CommandException(ExitCode.USAGE, option + " is " + count + ", expected at least 1");
        }
        return count;
    }
}
