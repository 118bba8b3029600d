package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The servers that the command line knows. */
@Command(
        name = "profiles",
        description = "List, choose and remove profiles; make one with: lockstep login",
        synopsisSubcommandLabel = "COMMAND")
final class ProfilesCommand {

    private static final Column[] LIST = {
        Column.name("name", "/name"),
        Column.text("current", "/current"),
        Column.text("server", "/server"),
        Column.text("user", "/user"),
        Column.text("token file", "/token-file"),
        Column.text("password file", "/password-file")
    };

    private final Lockstep lockstep;

    ProfilesCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List profiles.")
    int list() {
        ConfigFile config = ConfigFile.load(lockstep.terminal());
        ArrayNode profiles = Json.array();
        config.profiles().forEach((name, profile) -> {
            ObjectNode line = Json.object().put("name", name).put("current", name.equals(config.current()));
            line.setAll(profile.toJson());
            profiles.add(line);
        });
        lockstep.list(profiles, LIST);
        return 0;
    }

    @Command(name = "use", description = "Use a profile from now on.")
    int use(@Parameters(paramLabel = "NAME", description = "The profile.") String name) {
        ConfigFile config = ConfigFile.load(lockstep.terminal());
        config.use(name);
        config.save();
        lockstep.terminal().note("The profile " + name + " is used from now on.");
        return 0;
    }

    @Command(name = "remove", description = "Remove a profile; log out first when a login was kept for it.")
    int remove(@Parameters(paramLabel = "NAME", description = "The profile.") String name) {
        ConfigFile config = ConfigFile.load(lockstep.terminal());
        config.remove(name);
        config.save();
        lockstep.terminal().note("The profile " + name + " is removed.");
        return 0;
    }
}
