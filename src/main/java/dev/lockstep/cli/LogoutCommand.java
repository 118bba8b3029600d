package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Forgets a login. */
@Command(
        name = "logout",
        description = {
            "Forget the login of a profile, and delete the password or token that was kept for it.",
            "A token that the server gave for user, password and code is taken back there as well."
        })
final class LogoutCommand implements Callable<Integer> {

    private final Lockstep lockstep;

    LogoutCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        ConfigFile config = ConfigFile.load(lockstep.terminal());
        String name = ConfigFile.checked(lockstep.profile != null ? lockstep.profile : config.current());
        Profile profile = config.profile(name);
        new PersonalToken(lockstep.terminal()).takeBack(profile, config.secret(name, ConfigFile.TOKEN));
        try {
            Files.deleteIfExists(config.secret(name, ConfigFile.PASSWORD));
            Files.deleteIfExists(config.secret(name, ConfigFile.TOKEN));
        } catch (IOException e) {
            throw CliException.usage("What was kept for the profile " + name + " cannot be deleted from "
                    + config.secret(name, ConfigFile.TOKEN).getParent() + "; check its permissions.");
        }
        config.put(name, profile.withoutLogin());
        config.save();
        lockstep.terminal().note("Logged out; the profile " + name + " keeps the server only.");
        return 0;
    }
}
