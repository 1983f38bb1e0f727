/// NASNet-A: Zoph et al. 2018, arXiv 1707.07012, figure 4 and appendix A.4, as in TF-Slim's nasnet.
///
/// Two cells of stride 2 follow the stem, then three stages of N cells with cells of stride 2 between; each cell reads the two
/// results before it. ε = 10⁻³, convolutions start by variance scaling over the fan-out (`nasnet_large_arg_scope`), padding is
/// TensorFlow's SAME and means leave it out, which is also what pretrainedmodels computes; `origin: "pytorch"` is timm's
/// nasnetalarge, whose means of stride 2 count it. `stem: "small"` is the paper's network for CIFAR. ScheduledDropPath grows from
/// cell to cell, not with time. Behind a cell of stride 2, NASNet-A Large reads the result two before that cell and Mobile the
/// one before it (TF-Slim's `skip_reduction_layer_input`). The auxiliary classifier stands before the second cell of stride 2.
extension NetworkFamily {
    public static let nasNet = NetworkFamily(
        paper: "Zoph et al. 2018, arXiv 1707.07012, figure 4",
        variants: [
            Variant(
                "nasnet_mobile", parameters: 4_232_978, features: 1056, input: 224,
                extras: [.auxiliaryHead, .dropPath], namings: [naming("pretrainedmodels", cells: 4)]
            ) { NASNet($0, cells: 4, filters: 44, stem: 32, input: 224, skips: false).body },
            Variant(
                "nasnet_large", parameters: 84_720_150, features: 4032, input: 331,
                extras: [.auxiliaryHead, .dropPath],
                namings: [naming("timm", cells: 6), naming("pretrainedmodels", cells: 6)]
            ) { NASNet($0, cells: 6, filters: 168, stem: 96, input: 331, skips: true).body },
        ])
}

/// Both libraries number cells 0 to 17, and leave numbers out where a stage has fewer than six.
private func naming(_ library: String, cells: Int) -> WeightNaming {
    WeightNaming(
        library,
        units: ["stem": "conv0", "*.conv_1x1": "{1}.conv_1x1", "*.conv_prev_1x1": "{1}.conv_prev_1x1"],
        rules: [
            "*.comb_#_*.depthwise#": "{1}.comb_iter_{2}_{3}.separable_{4}.depthwise_conv2d",
            "*.comb_#_*.convolution#": "{1}.comb_iter_{2}_{3}.separable_{4}.pointwise_conv2d",
            "*.comb_#_*.batch_norm#": "{1}.comb_iter_{2}_{3}.bn_sep_{4}",
            "*.path.convolution#": "{1}.path_{2}.conv", "*.path.batch_norm1": "{1}.final_path_bn",
            "classifier": "last_linear",
        ])
}

private struct NASNet {
    private let options: NetworkOptions
    private let unit: ConvUnit
    private let cells, filters, stemFilters, input: Int
    /// Whether a stage's first cell reads the result two before the cell of stride 2.
    private let skips: Bool

    init(_ options: NetworkOptions, cells: Int, filters: Int, stem: Int, input: Int, skips: Bool) {
        var options = options
        options.origin = options.origin ?? .tensorflow
        self.options = options
        self.skips = skips
        unit = ConvUnit(options: options, epsilon: 1e-3, start: .varianceScaling(.outgoing))
        self.cells = options.repeated(cells)
        self.filters = options.scaled(filters)
        stemFilters = options.scaled(stem)
        self.input = options.input ?? input
    }

    private enum Previous { case raw, squeezed, factorized }

    var body: Block {
        var layers = stem
        for stage in 0..<3 {
            let width = filters << stage
            if stage > 0 {
                if stage == 2 { layers.append(head) }
                let place = stage * (cells + 1) - 1
                layers += cell("reduction_cell_\(stage - 1)", width, .squeezed, reduces: true, place: place)
            }
            for index in 0..<cells {
                let changes = index == 0 && (stage > 0 || options.stem == .imagenet)
                layers += cell(
                    "cell_\(max(6, cells) * stage + index)", width, changes ? .factorized : .squeezed, reduces: false,
                    place: stage * (cells + 1) + index)
            }
        }
        return .sequential(layers + [.relu, .globalPool])
    }

    /// Keeps what the next cells read as "now" and "before".
    private var stem: [Block] {
        let isSmall = options.stem == .small
        let conv = unit(
            isSmall ? 3 * filters : stemFilters, kernel: 3, stride: isSmall ? 1 : 2, padding: isSmall ? .same : .valid,
            activates: false)
        let first = [conv.named("stem"), .keep("now"), .keep("before")]
        guard !isSmall else { return first }
        return first + cell("cell_stem_0", filters / 4, .raw, reduces: true, place: -2)
            + cell("cell_stem_1", filters / 2, .factorized, reduces: true, place: -1)
    }

    /// A cell from "now" and "before", which it replaces; `place` counts cells behind the stem's.
    private func cell(
        _ name: String, _ width: Int, _ previous: Previous, reduces: Bool, place: Int
    ) -> [Block] {
        let left: Block =
            switch previous {
            case .raw: .identity
            case .squeezed: squeezed(width).named("conv_prev_1x1")
            case .factorized: factorized(width).named("path")
            }
        let cell = Cell(unit: unit, width: width, dropPath: dropPath(place), countsPadding: options.origin == .pytorch)
        let combinations = reduces ? cell.reduction : cell.normal
        let whole = Block.sequential([
            .recall("before", left), .keep("left"), .recall("now", squeezed(width).named("conv_1x1")), .keep("right"),
            combinations,
        ])
        if skips, reduces, previous == .squeezed { return [whole.named(name), .keep("now")] }
        return [
            whole.named(name), .keep("next"), .recall("now"), .keep("before"), .recall("next"), .keep("now"),
        ]
    }

    private func squeezed(_ width: Int) -> Block {
        .sequential(.relu, unit(width, kernel: 1, activates: false))
    }

    /// Halves the map: two convolutions of stride 2, one over the positions that the other skips.
    private func factorized(_ width: Int) -> Block {
        let half = Block.conv(width / 2, kernel: 1, stride: 2, padding: .valid, start: unit.start)
        return .sequential(.relu, .parallel(half, .sequential(.shift(1), half)), unit.normalization())
    }

    /// The rate of a cell: the last one's is the option's, the others' are proportional to their place.
    private func dropPath(_ place: Int) -> Float {
        let before = options.stem == .imagenet ? 2 : 0
        return Float(options.dropPath * Double(before + place + 1) / Double(before + 3 * cells + 2))
    }

    private var head: Block {
        var side = input
        if options.stem == .imagenet {
            side = AuxiliaryHead.valid(side, 3, stride: 2)
            for _ in 0..<2 { side = (side + 1) / 2 }
        }
        return AuxiliaryHead(options: options, unit: unit).block(side: (side + 1) / 2, before: [.relu])
    }
}

/// The combinations of figure 4: sums of two operations each, of "left" and "right" and of sums before.
private struct Cell {
    let unit: ConvUnit
    let width: Int
    let dropPath: Float
    let countsPadding: Bool

    var normal: Block {
        .sequential(
            sum(0, of("right", separable(5, 0, "left")), of("left", separable(3, 0, "right"))),
            sum(1, of("left", separable(5, 1, "left")), of("left", separable(3, 1, "right"))),
            sum(2, of("right", average()), .recall("left")), sum(3, of("left", average()), of("left", average())),
            sum(4, of("right", separable(3, 4, "left")), .recall("right")),
            .parallel(["left", "0", "1", "2", "3", "4"].map { .recall($0) }, join: .concat))
    }

    var reduction: Block {
        .sequential(
            sum(0, of("right", separable(5, 0, "left", stride: 2)), of("left", separable(7, 0, "right", stride: 2))),
            sum(1, of("right", maximum), of("left", separable(7, 1, "right", stride: 2))),
            sum(2, of("right", average(stride: 2)), of("left", separable(5, 2, "right", stride: 2))),
            sum(3, of("0", average()), .recall("1")), sum(4, of("0", separable(3, 4, "left")), of("right", maximum)),
            .parallel(["1", "2", "3", "4"].map { .recall($0) }, join: .concat))
    }

    private func sum(_ number: Int, _ one: Block, _ other: Block) -> Block {
        .sequential(.sum(one, other), .keep("\(number)"))
    }

    private func of(_ name: String, _ operation: Block) -> Block {
        .recall(name, .sequential([operation] + (dropPath > 0 ? [.dropPath(dropPath)] : [])))
    }

    /// Twice activation, depthwise and pointwise convolution, normalisation; the stride is the first one's.
    private func separable(_ kernel: Extent, _ number: Int, _ side: String, stride: Extent = 1) -> Block {
        func half(_ stride: Extent) -> Block {
            .sequential(
                .relu, .depthwise(kernel: kernel, stride: stride, start: unit.start),
                .conv(width, kernel: 1, start: unit.start), unit.normalization())
        }
        return Block.sequential(half(stride), half(1)).named("comb_\(number)_\(side)")
    }

    private func average(stride: Extent = 1) -> Block {
        .avgPool(3, stride: stride, padding: .same, includesPadding: countsPadding && stride != 1)
    }

    private var maximum: Block { .maxPool(3, stride: 2, padding: .same) }
}
