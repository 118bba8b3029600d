package dev.lockstep.process.engine.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A model's XML, read without document type, entities or deep nesting. Names are compared without their namespace,
 * because the engine takes several namespaces for its own.
 */
final class ModelXml {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String DEPTH = "jdk.xml.maxElementDepth";
    private static final String ATTRIBUTES = "jdk.xml.elementAttributeLimit";

    private final List<Element> elements = new ArrayList<>();

    private ModelXml(Element root) {
        NodeList all = root.getElementsByTagNameNS("*", "*");
        elements.add(root);
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
    }

    /** Throws {@link SAXException} with a sentence when the bytes are not acceptable XML. */
    static ModelXml read(byte[] bytes) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(DEPTH, "100");
            factory.setAttribute(ATTRIBUTES, "100");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Throws what is fatal, and prints nothing.
            builder.setErrorHandler(new DefaultHandler());
            return new ModelXml(builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement());
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("this JDK cannot read XML safely", e);
        }
    }

    /** Every element, in document order. */
    Stream<Element> elements() {
        return elements.stream();
    }

    Stream<Element> elements(String name) {
        return elements().filter(element -> is(element, name));
    }

    static boolean is(Element element, String name) {
        return name.equals(element.getLocalName());
    }

    static Stream<Attr> attributes(Element element) {
        NamedNodeMap all = element.getAttributes();
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Attr) all.item(i))
                .filter(attribute -> !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI()));
    }

    /** The attribute's value in any namespace, without blanks around it. */
    static Optional<String> attribute(Element element, String name) {
        return attributes(element)
                .filter(attribute -> name.equals(attribute.getLocalName()))
                .map(attribute -> attribute.getValue().strip())
                .findFirst();
    }

    static boolean isTrue(Element element, String attribute) {
        return attribute(element, attribute).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** The text directly in the element, without that of its children. */
    static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text part) {
                text.append(part.getData());
            }
        }
        return text.toString().strip();
    }

    static Stream<Element> children(Element element) {
        NodeList nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    static @Nullable Element parent(Element element) {
        return element.getParentNode() instanceof Element parent ? parent : null;
    }

    /** The element's own identifier, or that of the nearest one around it. */
    static String nearestId(Element element) {
        for (Element at = element; at != null; at = parent(at)) {
            if (at.hasAttribute("id")) {
                return at.getAttribute("id");
            }
        }
        return "";
    }

    /** The value of one of the Camunda properties directly on the element. */
    static Optional<String> property(Element element, String name) {
        return children(element)
                .filter(child -> is(child, "extensionElements"))
                .flatMap(ModelXml::children)
                .filter(child -> is(child, "properties"))
                .flatMap(ModelXml::children)
                .filter(child -> attribute(child, "name").filter(name::equals).isPresent())
                .flatMap(child -> attribute(child, "value").stream())
                .findFirst();
    }
}
