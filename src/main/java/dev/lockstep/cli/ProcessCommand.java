package dev.lockstep.cli;

import static dev.lockstep.cli.Column.moment;
import static dev.lockstep.cli.Column.name;
import static dev.lockstep.cli.Column.state;
import static dev.lockstep.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The processes that say what happens. */
@Command(name = "process", description = "List, try out and deploy processes.", synopsisSubcommandLabel = "COMMAND")
final class ProcessCommand {

    private static final Column[] LIST = {
        name("process", "/process"),
        text("name", "/name"),
        name("version", "/versionTag"),
        text("number", "/version"),
        text("running", "/running"),
        text("suspended", "/suspended"),
        moment("deployed", "/deployedAt")
    };

    private static final Column[] END = {
        state("state", "/state"),
        text("in words", "/sentence"),
        text("stands at", "/at"),
        state("outcome", "/outcome"),
        text("served version", "/simulated/served"),
        text("notes", "/notes")
    };

    private static final Column[] PATH = {
        text("activity", "/name"),
        name("id", "/id"),
        text("type", "/type"),
        text("kept", "/kept"),
        text("problem", "/problem"),
        moment("when", "/at")
    };

    private static final Column[] DEPLOYED = {name("process", "/key"), text("number", "/version"), name("id", "/id")};

    private final Lockstep lockstep;

    ProcessCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Command(name = "list", description = "List processes, each in its newest version.")
    int list() {
        lockstep.list(lockstep.api().get("/processes"), LIST);
        return 0;
    }

    @Command(name = "versions", description = "List the versions of a process, newest first.")
    int versions(@Parameters(paramLabel = "PROCESS", description = "For example rotation.") String process) {
        lockstep.list(lockstep.api().get("/processes/" + Addresses.segment(process) + "/versions"), LIST);
        return 0;
    }

    @Command(
            name = "lint",
            description = {
                "Say what a deployment of these files would refuse; deploys nothing.",
                "Ends with 1 when it would refuse something."
            })
    int lint(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one deployment.")
                    List<String> files) {
        JsonNode findings = lockstep.api().uploadToApi("/processes/lint", with(new Multipart(), files));
        lockstep.list(findings, name("file", "/file"), name("element", "/element"), text("what is wrong", "/sentence"));
        if (findings.isEmpty()) {
            return 0;
        }
        throw new CliException(ExitCode.FAILED, "A deployment would be refused.");
    }

    private Multipart with(Multipart form, List<String> files) {
        Set<String> names = new TreeSet<>();
        for (String file : files) {
            String fileName = Inputs.fileName(file);
            if (!names.add(fileName)) {
                throw CliException.usage("Two of the files are called " + fileName + ".");
            }
            form.file(fileName, fileName, Inputs.bytes(file, lockstep.terminal()));
        }
        return form;
    }

    @Command(
            name = "deploy",
            description = {
                "Deploy files: .bpmn, .dmn and .form. All of them or none.",
                "A model that breaks a rule is refused with what to change."
            })
    int deploy(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one deployment.")
                    List<String> files,
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            defaultValue = "lockstep-cli",
                            description = "Name of the deployment (default: ${DEFAULT-VALUE}).")
                    String deployment) {
        Multipart form = new Multipart()
                .field("deployment-name", deployment)
                .field("deployment-source", "lockstep-cli")
                .field("enable-duplicate-filtering", "true")
                .field("deploy-changed-only", "true");
        JsonNode answer = lockstep.api().upload("/engine-rest/deployment/create", with(form, files));
        JsonNode deployed = answer.path("deployedProcessDefinitions");
        lockstep.show(answer, page -> {
            if (deployed.isEmpty()) {
                page.line("Deployed; no process has changed.");
            } else {
                page.table(Json.values(deployed), DEPLOYED);
            }
        });
        return 0;
    }

    @Command(
            name = "dry-run",
            description = {
                "Try a model out in an engine of its own, against a simulated store and target.",
                "Nothing real is read or changed. Ends with 1 when the run gets stuck."
            })
    int dryRun(
            @Parameters(index = "0", paramLabel = "MODEL", description = "The .bpmn file.") String model,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "FILE",
                            description = "Forms, decisions and called processes.")
                    @Nullable
                    List<String> others,
            @Option(
                            names = "--plan",
                            paramLabel = "FILE",
                            description = "What happens on the way, as YAML or JSON; - for standard input.")
                    @Nullable
                    String plan,
            @Option(
                            names = "--picture",
                            paramLabel = "FILE",
                            description = "Write the diagram with the path marked there, as SVG.")
                    @Nullable
                    String picture) {
        Terminal terminal = lockstep.terminal();
        Multipart form = new Multipart().file("model", Inputs.fileName(model), Inputs.bytes(model, terminal));
        for (String file : others == null ? List.<String>of() : others) {
            form.file(Inputs.fileName(file), Inputs.fileName(file), Inputs.bytes(file, terminal));
        }
        if (plan != null) {
            form.field("plan", Json.compact(Inputs.object(plan, terminal)));
        }
        JsonNode report = lockstep.api().uploadToApi("/processes/dry-run", form);
        if (picture != null) {
            Inputs.write(picture, report.path("picture").asText());
        }
        lockstep.show(report, page -> page.facts(report, END).section("path", report.path("path"), PATH));
        String state = report.path("state").asText();
        if (state.equals("ended") || state.equals("waits")) {
            return 0;
        }
        throw new CliException(ExitCode.FAILED, "The run ended " + state + ".");
    }
}
