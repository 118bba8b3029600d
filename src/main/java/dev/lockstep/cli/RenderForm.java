package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files of values by key, each in the form that its reader expects. */
final class RenderForm {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-]{1,253}");
    private static final Pattern KUBERNETES = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private RenderForm() {}

    /** Refuses keys that the form cannot have, before any value is read. */
    static void check(String form, Iterable<String> keys, @Nullable String secretName, @Nullable String namespace) {
        Pattern allowed = switch (form) {
            case "env" -> VARIABLE;
            case "json", "properties", "kubernetes" -> KEY;
            default -> throw CliException.usage("--form is env, json, properties or kubernetes.");
        };
        for (String key : keys) {
            if (!allowed.matcher(key).matches()) {
                throw CliException.usage("'" + Text.printable(key) + "' is no key of the form " + form + ".");
            }
        }
        if (form.equals("kubernetes") && (secretName == null || !isName(secretName))) {
            throw CliException.usage("--secret-name is the name of the Kubernetes secret, in lower case.");
        }
        if (namespace != null && !isName(namespace)) {
            throw CliException.usage("--namespace is the name of a Kubernetes namespace, in lower case.");
        }
    }

    private static boolean isName(String text) {
        return KUBERNETES.matcher(text).matches();
    }

    static String write(
            String form, Map<String, String> values, @Nullable String secretName, @Nullable String namespace) {
        return switch (form) {
            case "env" -> lines(values, Quoting.SHELL);
            case "properties" -> lines(values, Quoting.PROPERTIES);
            case "json" -> Json.pretty(object(values, Quoting.RAW)) + "\n";
            default -> kubernetes(values, String.valueOf(secretName), namespace);
        };
    }

    private static String lines(Map<String, String> values, Quoting quoting) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + quoting.apply(value.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static ObjectNode object(Map<String, String> values, Quoting quoting) {
        ObjectNode object = Json.object();
        values.forEach((key, value) -> object.put(key, quoting.apply(value)));
        return object;
    }

    private static String kubernetes(Map<String, String> values, String secretName, @Nullable String namespace) {
        ObjectNode secret = Json.object().put("apiVersion", "v1").put("kind", "Secret");
        ObjectNode metadata = secret.putObject("metadata").put("name", secretName);
        Json.put(metadata, "namespace", namespace);
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "lockstep");
        secret.put("type", "Opaque");
        secret.set("data", object(values, Quoting.BASE64));
        return Json.yaml(secret);
    }
}
