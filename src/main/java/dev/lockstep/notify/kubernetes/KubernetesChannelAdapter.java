package dev.lockstep.notify.kubernetes;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.SecretReferences;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens channels of the type {@code kubernetes}; the settings are described in {@code channel-kubernetes.json}. */
public final class KubernetesChannelAdapter implements ChannelAdapter {

    private static final List<String> KINDS = List.of("deployment", "statefulset", "daemonset");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern SLASHES = Pattern.compile("/+$");

    private final SecretReferences references;
    private final OutboundRules outbound;

    public KubernetesChannelAdapter(SecretReferences references, OutboundRules outbound) {
        this.references = references;
        this.outbound = outbound;
    }

    @Override
    public String type() {
        return "kubernetes";
    }

    @Override
    public Channel open(Endpoint endpoint) {
        List<String> kinds = KINDS.stream()
                .filter(kind -> !endpoint.settings().getOrDefault(kind, "").isBlank())
                .toList();
        if (kinds.size() != 1) {
            throw new InvalidInput("deployment", "name one of deployment, statefulset and daemonset");
        }
        String kind = kinds.get(0);
        String api = required(endpoint, "api");
        if (api.indexOf('?') >= 0) {
            throw new InvalidInput("api", "api is the address of the API server, without a query");
        }
        WebAddress.of("api", api, outbound);
        Workload workload = new Workload(
                SLASHES.matcher(api.strip()).replaceFirst(""), name(endpoint, "namespace"), kind, name(endpoint, kind));
        return new KubernetesChannel(
                endpoint.name(),
                workload,
                required(endpoint, "token"),
                Optional.ofNullable(endpoint.settings().get("certificates")).map(Path::of),
                references,
                outbound);
    }

    private static String name(Endpoint endpoint, String field) {
        String name = required(endpoint, field);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput(field, field + " is a name in Kubernetes: lower-case letters, digits, '-' and '.'");
        }
        return name;
    }

    private static String required(Endpoint endpoint, String field) {
        String value = endpoint.settings().getOrDefault(field, "");
        if (value.isBlank()) {
            throw new InvalidInput(field, "a channel of type kubernetes needs " + field);
        }
        return value;
    }
}
