package dev.lockstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fills files with values for applications that read them from there. */
@Command(
        name = "render",
        description = {
            "Fill a template, or write a file of values by key, from a store with Vault's KV version 2 routes.",
            "A template has places like {{ prod/shop/postgres/orders-app#password | json }}; after the bar stands"
                    + " how the value is written: raw (usual), json, shell, properties, url or base64.",
            "The file is for its owner only, and takes the place of the former one in one step."
        })
final class RenderCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "TEMPLATE", description = "The template; - for standard input.")
    @Nullable
    String template;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where it goes; - for standard output.")
    String to = "";

    @Option(
            names = "--form",
            paramLabel = "FORM",
            description = "Without a template: env, json, properties or kubernetes.")
    @Nullable
    String form;

    @Option(
            names = "--set",
            paramLabel = "KEY=CREDENTIAL[#FIELD]",
            description = "A key of the file and the value it gets; the usual field is password; can be repeated.")
    Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--secret-name", paramLabel = "NAME", description = "Name of the Kubernetes secret.")
    @Nullable
    String secretName;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Namespace of the Kubernetes secret.")
    @Nullable
    String namespace;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0600",
            description = "0600, 0400, 0640 or 0440 (default: ${DEFAULT-VALUE}).")
    String mode = "0600";

    @Mixin
    ValueSource source = new ValueSource();

    private final Lockstep lockstep;

    RenderCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        Set<PosixFilePermission> permissions = permissions();
        if ((template == null) == (form == null)) {
            throw CliException.usage("Name a template, or say --form with at least one --set.");
        }
        if (form != null) {
            if (values.isEmpty()) {
                throw CliException.usage("Say which values: --set KEY=CREDENTIAL#FIELD.");
            }
            RenderForm.check(form, values.keySet(), secretName, namespace);
            values.values().forEach(SecretField::of);
        }
        byte[] content = source.read(lockstep, this::rendered).getBytes(StandardCharsets.UTF_8);
        write(content, permissions);
        Arrays.fill(content, (byte) 0);
        return 0;
    }

    private String rendered(KvStore store) {
        if (template != null) {
            return Template.fill(template, Inputs.text(template, lockstep.terminal()), store::value);
        }
        Map<String, String> read = new LinkedHashMap<>();
        values.forEach((key, reference) -> read.put(key, store.value(SecretField.of(reference))));
        return RenderForm.write(String.valueOf(form), read, secretName, namespace);
    }

    private Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString(
                switch (mode) {
                    case "0600", "600" -> "rw-------";
                    case "0400", "400" -> "r--------";
                    case "0640", "640" -> "rw-r-----";
                    case "0440", "440" -> "r--r-----";
                    default ->
                        throw CliException.usage("--mode is 0600, 0400, 0640 or 0440: others may never read it.");
                });
    }

    private void write(byte[] content, Set<PosixFilePermission> permissions) {
        if (to.equals(Secret.STANDARD_INPUT)) {
            lockstep.terminal().out().print(new String(content, StandardCharsets.UTF_8));
            return;
        }
        Path file = Path.of(to);
        try {
            if (Files.exists(file)
                    && Arrays.equals(Files.readAllBytes(file), content)
                    && Files.getPosixFilePermissions(file).equals(permissions)) {
                lockstep.terminal().note(to + " is as it should be.");
                return;
            }
            PrivateFiles.replace(file, content, permissions);
            lockstep.terminal().note(to + " is written.");
        } catch (IOException | UnsupportedOperationException e) {
            throw CliException.usage("The file " + to + " cannot be written; check its path and permissions.");
        }
    }
}
