package dev.lockstep.outbound;

import dev.lockstep.domain.OutboundRules;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Lockstep may connect to.
 *
 * @param allow networks that are allowed although they are special
 * @param only the only networks besides; all when empty
 */
@ConfigurationProperties("lockstep.outbound")
record OutboundProperties(
        @DefaultValue List<String> allow, @DefaultValue List<String> only) {

    OutboundProperties {
        allow = entries(allow);
        only = entries(only);
        // A start with an entry that is none is refused with its words.
        OutboundRules.of(allow, only);
    }

    private static List<String> entries(List<String> texts) {
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    OutboundRules rules() {
        return OutboundRules.of(allow, only);
    }
}
