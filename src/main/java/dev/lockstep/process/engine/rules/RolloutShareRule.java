package dev.lockstep.process.engine.rules;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Rollout;
import dev.lockstep.process.ModelProperties;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A model that wants to be rolled out to a share of the credentials names a share, and is one that operations run. */
final class RolloutShareRule implements ModelRule {

    private static final String SHARE = "lockstep.rollout";

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements("process")
                .flatMap(process ->
                        ModelXml.property(process, SHARE).stream().flatMap(share -> complaint(process, share)));
    }

    private static Stream<Finding> complaint(Element process, String share) {
        try {
            Rollout.share(share);
        } catch (InvalidInput refused) {
            return Stream.of(
                    Finding.at(process, "the property '" + SHARE + "' is '" + share + "'; write a share such as 5%"));
        }
        boolean ofOperations =
                ModelXml.property(process, ModelProperties.RETRIES).isPresent();
        return Rollout.objection(process.getAttribute("id"), ofOperations).stream()
                .map(objection -> Finding.at(process, "the property '" + SHARE + "' is not possible: " + objection));
    }
}
