package dev.lockstep.process.engine.rules;

import java.util.List;
import org.camunda.bpm.engine.Problem;
import org.w3c.dom.Element;

/**
 * One reason why a model is refused, at one element of it.
 *
 * @param element the identifier that Modeler marks; empty when the whole file is meant
 * @param sentence what is wrong and what is allowed, for the designer
 */
record Finding(String element, String sentence) implements Problem {

    static Finding at(Element element, String sentence) {
        return new Finding(ModelXml.nearestId(element), sentence);
    }

    static Finding ofFile(String sentence) {
        return new Finding("", sentence);
    }

    @Override
    public String getMessage() {
        return sentence;
    }

    @Override
    public int getLine() {
        return 0;
    }

    @Override
    public int getColumn() {
        return 0;
    }

    @Override
    public String getMainElementId() {
        return element;
    }

    @Override
    public List<String> getElementIds() {
        return element.isEmpty() ? List.of() : List.of(element);
    }

    @Override
    public String toString() {
        return element.isEmpty() ? sentence : sentence + " (at '" + element + "')";
    }
}
