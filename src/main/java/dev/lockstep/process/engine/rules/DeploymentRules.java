package dev.lockstep.process.engine.rules;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.process.engine.expression.ModelBeans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.xml.sax.SAXException;

/**
 * Looks at every file of a new deployment before the engine does, and refuses the whole deployment with sentences that
 * Modeler shows at the element. Nothing is evaluated on the way.
 */
public final class DeploymentRules implements Deployer {

    private static final int LARGEST = 2 * 1024 * 1024;
    private static final int MOST_FINDINGS = 20;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,120}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ModelRule> ofProcesses;
    private final List<ModelRule> ofDecisions = List.of(new DecisionRule());

    /** Rules for models that see the given beans. */
    public DeploymentRules(ModelBeans beans) {
        this.ofProcesses = List.of(
                new HeaderRule(),
                new RolloutShareRule(),
                new CodeRule(),
                new DelegateRule(beans),
                new ExpressionRule(beans),
                new TimerRule(),
                new OutsideStepRule(beans),
                new RecoveryRule());
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (deployment.isNew()) {
            BoundForms forms = new BoundForms(deployment.getResources().values());
            deployment.getResources().values().forEach(resource -> check(resource, forms));
        }
    }

    private void check(ResourceEntity resource, BoundForms forms) {
        List<Finding> findings = findings(resource, forms).toList();
        if (!findings.isEmpty()) {
            String sentence = "'" + resource.getName() + "' is refused: "
                    + String.join("; ", findings.stream().map(Finding::toString).toList());
            throw new ParseException(sentence, resource.getName(), List.<Problem>copyOf(findings), List.of());
        }
    }

    /** What is wrong with one file of a deployment; empty when it is taken. */
    Stream<Finding> findings(ResourceEntity resource, BoundForms forms) {
        return Stream.concat(findings(resource.getName(), resource.getBytes()), forms.check(resource))
                .distinct()
                .limit(MOST_FINDINGS);
    }

    /** What is wrong with one file; empty when it is taken. */
    Stream<Finding> findings(String name, byte[] content) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return Stream.of(Finding.ofFile("deploy files under a plain name, without folders"));
        }
        if (content.length > LARGEST) {
            return Stream.of(Finding.ofFile("the file is larger than 2 MB"));
        }
        if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
            return ofXml(content, ofProcesses);
        }
        if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
            return ofXml(content, ofDecisions);
        }
        return name.endsWith(".form")
                ? ofForm(content)
                : Stream.of(Finding.ofFile("only .bpmn, .dmn and .form files are deployed"));
    }

    private static Stream<Finding> ofXml(byte[] content, List<ModelRule> rules) {
        try {
            ModelXml model = ModelXml.read(content);
            return rules.stream().flatMap(rule -> rule.check(model));
        } catch (SAXException e) {
            return Stream.of(Finding.ofFile(
                    String.valueOf(e.getMessage()).contains("DOCTYPE")
                            ? "the XML has a document type (DOCTYPE), which models do not need"
                            : "the XML is not accepted: " + e.getMessage()));
        }
    }

    private static Stream<Finding> ofForm(byte[] content) {
        try {
            JsonNode form = JSON.readTree(content);
            return form.path("id").isTextual() && form.path("components").isArray()
                    ? Stream.empty()
                    : Stream.of(Finding.ofFile("a form is JSON with an id and components"));
        } catch (JacksonException e) {
            return Stream.of(Finding.ofFile("the form is no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
