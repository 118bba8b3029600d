package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a new credential. */
@Command(
        name = "request",
        description = {
            "Ask for a new credential: an account is made at the target, and its first secret is stored.",
            "What is left out has to stand in the file that --file names."
        })
final class RequestCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "CREDENTIAL", description = "env/team/system/what")
    @Nullable
    String name;

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "Why, for the record; no secret.")
    @Nullable
    String reason;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The request as YAML or JSON, - for standard input; options take precedence.")
    @Nullable
    String file;

    @Option(names = "--owner", paramLabel = "GROUP", description = "The group that answers for it.")
    @Nullable
    String owner;

    @Option(names = "--kind", paramLabel = "KIND", description = "For example database-user.")
    @Nullable
    String kind;

    @Option(names = "--target", paramLabel = "NAME", description = "Where the account is made.")
    @Nullable
    String target;

    @Option(names = "--store", paramLabel = "NAME", description = "Where applications read it.")
    @Nullable
    String store;

    @Option(names = "--policy", paramLabel = "NAME", description = "What the account may do, and for how long.")
    @Nullable
    String policy;

    @Option(names = "--expires", paramLabel = "TIME", description = "A life like PT8H, or a moment in UTC.")
    @Nullable
    String expires;

    @Option(names = "--mirror", paramLabel = "NAME", description = "A further store; can be repeated.")
    List<String> mirrors = new ArrayList<>();

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "The account; named after the credential when left out; can be repeated.")
    List<String> principals = new ArrayList<>();

    @Option(names = "--consumer", paramLabel = "NAME", description = "Who will read it; can be repeated.")
    List<String> consumers = new ArrayList<>();

    @Option(names = "--setting", paramLabel = "KEY=VALUE", description = "A setting of the target; no secret.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "A label; can be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    @Mixin
    final Waiting waiting = new Waiting();

    private final Lockstep lockstep;

    RequestCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        waiting.timeout();
        ObjectNode request = file == null ? Json.object() : Inputs.object(file, lockstep.terminal());
        if (name != null) {
            Addresses.credential(name);
        }
        Json.put(request, "name", name);
        Json.put(request, "reason", reason);
        Json.put(request, "owner", owner);
        Json.put(request, "kind", kind);
        Json.put(request, "target", target);
        Json.put(request, "store", store);
        Json.put(request, "policy", policy);
        Json.put(request, "expires", expires);
        Json.put(request, "mirrors", mirrors);
        Json.put(request, "principals", principals);
        Json.put(request, "consumers", consumers);
        Json.put(request, "settings", settings);
        Json.put(request, "labels", labels);
        JsonNode operation = lockstep.api().post("/credentials", request);
        return new Operations(lockstep).started(operation, waiting, Set.of("issued"));
    }
}
