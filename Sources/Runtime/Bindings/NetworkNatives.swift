import Compute
import Lang

/// Networks for scripts: every declared one by its name, and the words that `network(…)` is written in.
enum NetworkNatives {
    private static var layer: ParameterKind { .foreign(typeName: "layer") }
    private static var model: ParameterKind { .foreign(typeName: "model") }
    private static let group = "Models"

    static var signatures: [Signature] { declared + layers + combinators + general }

    // MARK: Declared networks

    private static var declared: [Signature] {
        NetworkFamily.all.flatMap { family in
            family.variants.map { variant in
                .host(
                    variant.name, group: group, "The network of \(family.paper).",
                    text:
                        "Native images have \(variant.input) × \(variant.input) pixels; without the classifier it has "
                        + "\(variant.parameters) parameters and \(variant.features) features.",
                    options(of: variant), returns: model, example: "\(variant.name)(width: 0.25, stem: \"small\")"
                ) { call in
                    let model = Model(name: variant.name, network: .declared(variant.name, try read(call, variant)))
                    return .foreign(ModelValue(model))
                }
            }
        }
    }

    private static func options(of variant: NetworkFamily.Variant) -> [Parameter] {
        let head = Parameter(
            "aux_head", .bool, default: .bool(false), "whether an auxiliary classifier helps training")
        let dropPath = Parameter(
            "drop_path", .number(0...0.99), default: .number(0), "rate of dropping branches of the last cell")
        return general(variant) + (variant.extras.contains(.auxiliaryHead) ? [head] : [])
            + (variant.extras.contains(.dropPath) ? [dropPath] : [])
    }

    private static func general(_ variant: NetworkFamily.Variant) -> [Parameter] {
        [
            optional("classes", .integer(1...1_000_000), "logits; none takes the data set's number"),
            optional("input", .integer(1...4096), "pixels of a side; none takes the data set's size"),
            optional("channels", .integer(1...4), "1 for grey, 3 for colour; none takes the data set's"),
            Parameter("width", .number(0.01...16), default: .number(1), "multiplies the channels"),
            Parameter("depth", .number(0.01...16), default: .number(1), "multiplies the blocks of each stage"),
            Parameter(
                "stem", .choice(["imagenet", "small"]), default: .string("imagenet"), "small for about 32 pixels"),
            Parameter("bn_scale", .bool, default: .bool(true), "whether batch normalisation has a scale"),
            Parameter("dropout", .number(0...0.99), default: .number(0), "rate before the classifier"),
            optional("bn_momentum", .number(0...1), "weight of the old running statistics; none is the network's"),
            optional("bn_epsilon", .number(1e-12...1), "added to variances; none is the network's"),
            optional("origin", .choice(["tensorflow", "pytorch"]), "whose version; none is the network's"),
        ]
    }

    private static func read(_ call: NativeCall, _ variant: NetworkFamily.Variant) throws -> NetworkOptions {
        var options = NetworkOptions()
        options.classes = try call.optionalInteger("classes")
        options.input = try call.optionalInteger("input")
        options.channels = try call.optionalInteger("channels")
        options.width = try call.number("width")
        options.depth = try call.number("depth")
        options.stem = NetworkOptions.Stem(rawValue: try call.string("stem")) ?? .imagenet
        options.batchNormScale = try call.bool("bn_scale")
        options.dropout = try call.number("dropout")
        options.batchNormMomentum = try call.value("bn_momentum").asNumber
        options.batchNormEpsilon = try call.value("bn_epsilon").asNumber
        options.origin = try call.value("origin").asString.flatMap(NetworkOptions.Origin.init)
        if variant.extras.contains(.auxiliaryHead) { options.auxiliaryHead = try call.bool("aux_head") }
        if variant.extras.contains(.dropPath) { options.dropPath = try call.number("drop_path") }
        try options.validate()
        return options
    }

    // MARK: Layers

    private static var kernel: Parameter { Parameter("kernel", .integer(1...64)) }
    private static var stride: Parameter { Parameter("stride", .integer(1...64), default: .number(1)) }
    private static var padding: Parameter {
        Parameter("padding", .oneOf([.choice(["same", "valid"]), .integer(0...64)]), default: .string("same"))
    }

    private static var layers: [Signature] {
        [
            word(
                "conv", "A convolution without activation.",
                [
                    Parameter("channels", .integer(1...65_536)), kernel, stride, padding,
                    Parameter("groups", .integer(1...65_536), default: .number(1)),
                    Parameter("bias", .bool, default: .bool(false)),
                ], example: "conv(16, 3)"
            ) { call in
                .conv(
                    try call.integer("channels"), kernel: Extent(try call.integer("kernel")),
                    stride: Extent(try call.integer("stride")), padding: try padding(of: call),
                    groups: try call.integer("groups"), bias: try call.bool("bias"))
            },
            word(
                "depthwise", "A convolution of each channel by itself.", [kernel, stride, padding],
                example: "depthwise(3)"
            ) {
                .depthwise(
                    kernel: Extent(try $0.integer("kernel")), stride: Extent(try $0.integer("stride")),
                    padding: try padding(of: $0))
            },
            word(
                "separable", "A depthwise convolution, then a pointwise one.",
                [Parameter("channels", .integer(1...65_536)), kernel, stride, padding], example: "separable(32, 3)"
            ) { call in
                .separable(
                    try call.integer("channels"), kernel: Extent(try call.integer("kernel")),
                    stride: Extent(try call.integer("stride")), padding: try padding(of: call))
            },
            word(
                "batch_norm", "Batch normalisation.",
                [
                    Parameter("scale", .bool, default: .bool(true)),
                    Parameter("momentum", .number(0...1), default: .number(0.9)),
                    Parameter("epsilon", .number(1e-12...1), default: .number(1e-5)),
                ], example: "batch_norm()"
            ) { call in
                .batchNorm(
                    scale: try call.bool("scale"), momentum: Float(try call.number("momentum")),
                    epsilon: Float(try call.number("epsilon")))
            },
            word("relu", "max(x, 0).", [], example: "relu()") { _ in .relu },
            word("relu6", "min(max(x, 0), 6).", [], example: "relu6()") { _ in .relu6 },
            word("max_pool", "The maximum over a window.", pooling, example: "max_pool(2, stride: 2)") {
                .maxPool(
                    Extent(try $0.integer("size")), stride: Extent(try $0.integer("stride")),
                    padding: try padding(of: $0))
            },
            word("avg_pool", "The mean over a window.", pooling, example: "avg_pool(2, stride: 2)") {
                .avgPool(
                    Extent(try $0.integer("size")), stride: Extent(try $0.integer("stride")),
                    padding: try padding(of: $0))
            },
            word("global_pool", "The mean over all positions.", [], example: "global_pool()") { _ in .globalPool },
            word("flatten", "All values of an image as features.", [], example: "flatten()") { _ in .flatten },
            word(
                "linear", "A fully connected layer; the last one of a network is its classifier.",
                [Parameter("features", .integer(1...1_000_000)), Parameter("bias", .bool, default: .bool(true))],
                example: "linear(10)"
            ) { .linear(try $0.integer("features"), bias: try $0.bool("bias")) },
            word(
                "dropout", "Drops values at random while training.", [Parameter("rate", .number(0...0.99))],
                example: "dropout(0.2)"
            ) { .dropout(Float(try $0.number("rate"))) },
            word(
                "drop_path", "Drops all values of an image at random while training.",
                [Parameter("rate", .number(0...0.99))], example: "drop_path(0.2)"
            ) { .dropPath(Float(try $0.number("rate"))) },
            word("times", "Values times a number.", [Parameter("factor", .number())], example: "times(0.1)") {
                .times(Float(try $0.number("factor")))
            },
            word(
                "shift", "Rows and columns moved up and left; zeros follow.",
                [Parameter("distance", .integer(0...4096))], example: "shift(1)"
            ) { .shift(try $0.integer("distance")) },
        ]
    }

    private static var pooling: [Parameter] {
        [
            Parameter("size", .integer(1...64)), Parameter("stride", .integer(1...64)),
            Parameter("padding", .oneOf([.choice(["same", "valid"]), .integer(0...64)]), default: .string("valid")),
        ]
    }

    private static func padding(of call: NativeCall) throws -> Padding {
        if let amount = try call.value("padding").asNumber { return .symmetric(Int(amount)) }
        return try call.string("padding") == "same" ? .same : .valid
    }

    // MARK: Combinators

    private static var combinators: [Signature] {
        [
            word(
                "sequential", "Layers one after the other.", [.rest("layers", layer)],
                example: "sequential(conv(8, 3), batch_norm(), relu())"
            ) { .sequential(try blocks($0, "layers")) },
            word(
                "parallel", "Branches from one input, joined along the channels or added.",
                [.rest("branches", layer), Parameter("join", .choice(["concat", "add"]), default: .string("concat"))],
                example: "parallel(conv(8, 1), conv(8, 3))"
            ) { .parallel(try blocks($0, "branches"), join: try $0.string("join") == "add" ? .add : .concat) },
            word(
                "residual", "A block added to its input, or to a shortcut of it.",
                [Parameter("body", layer), optional("shortcut", layer)], example: "residual(conv(8, 3))"
            ) { call in
                .residual(
                    try call.foreign("body", as: LayerValue.self).block,
                    shortcut: try call.optionalForeign("shortcut", as: LayerValue.self)?.block)
            },
            word(
                "named", "A block with a name, under which its weights are stored.",
                [Parameter("name", .string), Parameter("block", layer)], example: "named(\"stem\", conv(8, 3))"
            ) { try $0.foreign("block", as: LayerValue.self).block.named(try $0.string("name")) },
            word(
                "keep", "Keeps what passes under a name, for recall() in the same named block or one inside it.",
                [Parameter("name", .string)], example: "sequential(keep(\"x\"), conv(8, 3), recall(\"x\"))"
            ) { .keep(try $0.string("name")) },
            word(
                "recall", "Layers behind the value that keep() keeps, instead of the one before.",
                [Parameter("name", .string), .rest("layers", layer)],
                example: "parallel(conv(8, 3), recall(\"x\", relu()))"
            ) { .recall(try $0.string("name"), .sequential(try blocks($0, "layers"))) },
            word(
                "auxiliary", "A classifier of what passes, with a loss of its own while training.",
                [.rest("layers", layer), Parameter("weight", .number(0...100), default: .number(0.4))],
                example: "auxiliary(global_pool(), linear(10))"
            ) { .auxiliary(.sequential(try blocks($0, "layers")), weight: Float(try $0.number("weight"))) },
        ]
    }

    private static func blocks(_ call: NativeCall, _ name: String) throws -> [Block] {
        try call.foreigns(name, as: LayerValue.self).map(\.block)
    }

    private static func word(
        _ name: String, _ summary: String, _ parameters: [Parameter], example: String,
        _ block: @escaping (NativeCall) throws -> Block
    ) -> Signature {
        .host(name, group: "Layers", summary, parameters, returns: layer, example: example) {
            .foreign(LayerValue(try block($0)))
        }
    }

    // MARK: What models can do

    private static var general: [Signature] {
        [
            .host(
                "network", group: group, "A network of one's own from layers; the last is linear(classes).",
                [
                    Parameter("name", .string),
                    Parameter("input", .list(of: .integer(1...4096)), "[channels, height, width]"),
                    .rest("layers", layer),
                ],
                returns: model,
                example: "network(\"tiny\", [1, 28, 28], conv(8, 3, stride: 2), relu(), global_pool(), linear(10))"
            ) { call in
                let graph = try Graph(
                    name: try call.string("name"), input: try call.numbers("input").map { Int($0) },
                    .sequential(try blocks(call, "layers")))
                return .foreign(ModelValue(Model(name: graph.name, network: .built(graph))))
            },
            .host(
                "summary", group: group, "The layers of a model: shapes, parameters, multiply-adds, receptive field.",
                [Parameter("model", model)], returns: .foreign(typeName: "table"),
                example: "summary(mobilenet_v1(input: 28, channels: 1, stem: \"small\"))"
            ) { .table(try summary(try $0.foreign("model", as: ModelValue.self).model)) },
            .host(
                "parameters", group: group, "How many trained parameters a model has.", [Parameter("model", model)],
                returns: .number(), example: "parameters(resnet50())"
            ) { .number(Double(try $0.foreign("model", as: ModelValue.self).model.summaryGraph().parameterCount)) },
        ]
    }

    private static func summary(_ model: Model) throws -> Table {
        let rows = GraphSummary(try model.summaryGraph()).rows
        // What is done to pictures belongs to the input.
        let settings = [model.pretraining?.preprocessing?.words ?? ""] + rows.dropFirst().map(\.settings)
        return try Table([
            ("layer", .strings(rows.map(\.name))), ("kind", .strings(rows.map(\.kind))),
            ("settings", .strings(settings)),
            ("shape", .strings(rows.map { $0.shape.map(String.init).joined(separator: "×") })),
            ("parameters", .numbers(rows.map { Double($0.parameters) })),
            ("multiply_adds", .numbers(rows.map { Double($0.multiplyAdds) })),
            ("receptive_field", .strings(rows.map { "\($0.receptiveField)" })),
        ])
    }
}
