// The declaration of a native function. Checking before the run, checking at the call, help, completion and the
// reference page all read it; the body receives arguments that have been checked.

/// A native function with all that is known about it. A class, because every call passes it along.
public final class Signature {
    public enum Body {
        /// The general form.
        case call((NativeCall) throws -> Value)
        /// A function of one number, which the machine maps over lists of numbers.
        case elementwise((Double) -> Double)
        /// A function of one string.
        case textual((String) -> String)
    }

    public let name: String
    /// Heading of the reference: "lists", "statistics".
    public let group: String
    /// One sentence.
    public let summary: String
    /// Further paragraphs; may be empty.
    public let text: String
    public let parameters: [Parameter]
    /// What every call returns, where that is known: `check` finds results in places that do not take them.
    public let returns: ParameterKind?
    /// Of these parameters exactly one must be given. `check` says so before the run; the body must say so too, for what
    /// only the run shows.
    public let exactlyOne: [String]
    /// A script that runs; the tests run it.
    public let example: String
    /// The section of the language's or library's documentation.
    public let link: String
    public let body: Body
    /// Whether no parameter collects arguments: positional arguments then are the parameters in order.
    let isSimple: Bool

    public convenience init(
        _ name: String, group: String, summary: String, text: String = "", parameters: [Parameter] = [],
        exactlyOne: [String] = [], returns: ParameterKind? = nil, example: String = "", link: String = "",
        body: @escaping (NativeCall) throws -> Value
    ) {
        self.init(
            name: name, group: group, summary: summary, text: text, parameters: parameters, exactlyOne: exactlyOne,
            returns: returns, example: example, link: link, body: .call(body))
    }

    /// A function of one number that broadcasts: `sqrt`, `logit`.
    public convenience init(
        _ name: String, group: String, summary: String, text: String = "", example: String = "", link: String = "",
        elementwise: @escaping (Double) -> Double
    ) {
        self.init(
            name: name, group: group, summary: summary, text: text,
            parameters: [Parameter("x", .numeric, "a number, or a list of numbers")],
            returns: .oneOf([.number(), .list()]), example: example, link: link, body: .elementwise(elementwise))
    }

    /// A function of one string: `upper`, `trim`.
    convenience init(
        _ name: String, group: String, summary: String, parameters: [Parameter], example: String, link: String,
        textual: @escaping (String) -> String
    ) {
        self.init(
            name: name, group: group, summary: summary, text: "", parameters: parameters, returns: .string,
            example: example, link: link, body: .textual(textual))
    }

    private init(
        name: String, group: String, summary: String, text: String, parameters: [Parameter],
        exactlyOne: [String] = [], returns: ParameterKind?, example: String, link: String, body: Body
    ) {
        self.name = name
        self.group = group
        self.summary = summary
        self.text = text
        self.parameters = parameters
        self.exactlyOne = exactlyOne
        self.returns = returns
        self.example = example
        self.link = link
        self.body = body
        isSimple = !parameters.contains { $0.isVariadic || $0.isNamedRest }
    }
}
