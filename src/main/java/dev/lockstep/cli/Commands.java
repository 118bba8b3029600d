package dev.lockstep.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/** The tree of all commands, of which only as much is grown as a call needs: reflection is most of a start. */
final class Commands {

    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST = 55;

    private static final Map<String, Function<Lockstep, Object>> ALL = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = Map.of(
            "credential", "credentials",
            "issue", "request",
            "report-leak", "revoke",
            "operation", "operations",
            "incident", "incidents",
            "consumer", "consumers",
            "processes", "process",
            "user", "users",
            "profile", "profiles",
            "drills", "drill");

    static {
        ALL.put("login", LoginCommand::new);
        ALL.put("logout", LogoutCommand::new);
        ALL.put("profiles", ProfilesCommand::new);
        ALL.put("credentials", CredentialsCommand::new);
        ALL.put("request", RequestCommand::new);
        ALL.put("rotate", RotateCommand::new);
        ALL.put("roll-back", RollBackCommand::new);
        ALL.put("revoke", RevokeCommand::new);
        ALL.put("decommission", DecommissionCommand::new);
        ALL.put("operations", OperationsCommand::new);
        ALL.put("tasks", TasksCommand::new);
        ALL.put("incidents", IncidentsCommand::new);
        ALL.put("drill", DrillCommand::new);
        ALL.put("consumers", ConsumersCommand::new);
        ALL.put("unmanaged", UnmanagedCommand::new);
        ALL.put("access", AccessCommand::new);
        ALL.put("access-review", AccessReviewCommand::new);
        ALL.put("policy", PolicyCommand::new);
        ALL.put("plan", PlanCommand::new);
        ALL.put("apply", ApplyCommand::new);
        ALL.put("forecast", ForecastCommand::new);
        ALL.put("configuration", ConfigurationCommand::new);
        ALL.put("inventory", InventoryCommand::new);
        ALL.put("check", CheckCommand::new);
        ALL.put("gate", GateCommand::new);
        ALL.put("render", RenderCommand::new);
        ALL.put("audit", AuditCommand::new);
        ALL.put("process", ProcessCommand::new);
        ALL.put("identities", IdentitiesCommand::new);
        ALL.put("users", UsersCommand::new);
        ALL.put("completion", CompletionCommand::new);
    }

    private Commands() {}

    /** What is needed to run these arguments. */
    static CommandLine of(Terminal terminal, String... arguments) {
        List<String> named = Arrays.stream(arguments)
                .map(argument -> ALIASES.getOrDefault(argument, argument))
                .filter(ALL::containsKey)
                .distinct()
                .toList();
        if (named.contains("completion")) {
            return all(terminal);
        }
        Lockstep lockstep = new Lockstep(terminal);
        CommandLine line = new CommandLine(lockstep);
        if (named.isEmpty()) {
            boolean onlyOptions = Arrays.stream(arguments).allMatch(argument -> argument.startsWith("-"));
            ALL.forEach((name, command) -> add(
                    line,
                    name,
                    onlyOptions ? new CommandLine(outline(command.apply(lockstep))) : grown(name, command, lockstep)));
        } else {
            named.forEach(name -> add(line, name, grown(name, known(name), lockstep)));
        }
        return dressed(line, terminal);
    }

    /** All of it. */
    static CommandLine all(Terminal terminal) {
        Lockstep lockstep = new Lockstep(terminal);
        CommandLine line = new CommandLine(lockstep);
        ALL.forEach((name, command) -> add(line, name, grown(name, command, lockstep)));
        return dressed(line, terminal);
    }

    private static Function<Lockstep, Object> known(String name) {
        Function<Lockstep, Object> command = ALL.get(name);
        if (command == null) {
            throw new IllegalArgumentException(name);
        }
        return command;
    }

    private static CommandLine grown(String name, Function<Lockstep, Object> command, Lockstep lockstep) {
        CommandLine line = new CommandLine(command.apply(lockstep));
        if (name.equals("incidents")) {
            return line.addSubcommand(new ImportScanCommand(lockstep));
        }
        return name.equals("process")
                ? line.addSubcommand(new RolloutCommand(lockstep)).addSubcommand(new MigrationCommand(lockstep))
                : line;
    }

    /** Name and description only, for the list of commands. */
    private static CommandSpec outline(Object command) {
        CommandSpec outline = CommandSpec.create();
        Command told = command.getClass().getAnnotation(Command.class);
        if (told != null) {
            outline.usageMessage().description(told.description());
        }
        return outline;
    }

    private static void add(CommandLine line, String name, CommandLine command) {
        line.addSubcommand(
                name,
                command,
                ALIASES.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(name))
                        .map(Map.Entry::getKey)
                        .toArray(String[]::new));
    }

    private static CommandLine dressed(CommandLine line, Terminal terminal) {
        line.getCommandSpec().version("lockstep " + Version.NUMBER);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(Math.max(NARROWEST, terminal.columns() > 0 ? terminal.columns() : USUAL_WIDTH));
        line.setExecutionExceptionHandler(Outcomes.handler(terminal));
        line.setParameterExceptionHandler(Outcomes::misused);
        return line;
    }
}
