import Compute
import Lang

/// A model as a notebook shows it: what it takes and gives, what it costs, and its stages.
extension Model {
    func display(width: Int) -> String {
        var block = RichDisplay(
            pretraining.map { "model \(name), \($0.facts == nil ? "weights of" : "trained on") \($0.source)" }
                ?? "model \(name), untrained")
        if let pretraining { addTraining(pretraining, to: &block) }
        // A network that cannot be built for its options says so where it is used.
        if let graph = try? summaryGraph() { addNetwork(graph, to: &block) }
        return block.text(width: width)
    }

    private func addTraining(_ pretraining: Pretraining, to block: inout RichDisplay) {
        if let load = pretraining.load { addLoad(load, to: &block) }
        if let preprocessing = pretraining.preprocessing { block.add("preprocessing", preprocessing.words) }
        guard let facts = pretraining.facts else { return }
        let share = NumberFormat.fixed(100 * facts.accuracy, digits: 1)
        block.add("accuracy", "\(share)% of \(Wording.counted(facts.total, "test image"))")
        if let last = facts.history.readings.last {
            let loss = NumberFormat.significant(last.loss, digits: 4)
            block.add("training", "\(Wording.counted(last.step, "step")), loss \(loss) at the end")
        }
    }

    private func addLoad(_ load: WeightLoad, to block: inout RichDisplay) {
        let names = load.library.map { ", by the names of \($0)" } ?? ""
        block.add("read", Wording.counted(load.matched.count, "parameter") + names)
        for (label, names) in load.shortfalls { block.add(label, names) }
    }

    private func addNetwork(_ graph: Graph, to block: inout RichDisplay) {
        let summary = GraphSummary(graph)
        let open = openOptions
        if let variation { block.add("variant", variation) }
        block.add("input", Wording.shape(graph.input) + (open.input ? ", or the data set's" : ""))
        block.add(
            "classes", "\(graph.nodes.last?.shape.reduce(1, *) ?? 0)" + (open.classes ? ", or the data set's" : ""))
        block.add("features", "\(graph.featureCount)")
        block.add("parameters", Wording.grouped(summary.parameters))
        block.add("multiply-adds", Wording.rounded(summary.multiplyAdds) + " an image")
        let stages = NetworkStage.stages(of: summary)
        if !stages.isEmpty { block.add("stages", lines: NetworkStage.lines(stages)) }
    }

    /// The options that make it another network than the paper's.
    private var variation: String? {
        guard case .declared(_, let options) = network else { return nil }
        let parts = [
            options.width == 1 ? "" : "width \(NumberFormat.text(options.width))",
            options.depth == 1 ? "" : "depth \(NumberFormat.text(options.depth))",
            options.stem == .imagenet ? "" : "\(options.stem.rawValue) stem",
            options.batchNormScale ? "" : "no scales in batch normalisation",
            options.dropout == 0 ? "" : "dropout \(NumberFormat.text(options.dropout))",
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// What the data set will decide.
    private var openOptions: (input: Bool, classes: Bool) {
        guard pretraining == nil, case .declared(_, let options) = network else { return (false, false) }
        return (options.input == nil || options.channels == nil, options.classes == nil)
    }
}

/// A named part of a network with what comes out of it.
private struct NetworkStage {
    var name: String
    var shape: [Int]
    /// Equal parts one after the other, e.g. the blocks of a residual stage.
    var repeats: Set<String> = []

    /// More would be a table: `summary(model)`.
    private static let most = 24

    /// Parts by the first word of their layers' names, the input left out; none when there are too many to show.
    static func stages(of summary: GraphSummary) -> [NetworkStage] {
        var stages: [NetworkStage] = []
        for row in summary.rows.dropFirst() {
            let words = row.name.split(separator: ".").map(String.init)
            guard let name = words.first else { continue }
            if stages.last?.name != name { stages.append(NetworkStage(name: name, shape: row.shape)) }
            stages[stages.count - 1].shape = row.shape
            if words.count > 2 { stages[stages.count - 1].repeats.insert(words[1]) }
        }
        return stages.count <= most ? stages : []
    }

    static func lines(_ stages: [NetworkStage]) -> [String] {
        let width = stages.map(\.name.displayWidth).max() ?? 0
        return stages.map { stage in
            stage.name.padded(toDisplayWidth: width) + "  " + Wording.shape(stage.shape) + stage.repetition
        }
    }

    /// ", 3 blocks" where the parts are numbered alike.
    private var repetition: String {
        let words = Set(repeats.map { $0.prefix { !$0.isNumber } })
        guard repeats.count > 1, words.count == 1, let word = words.first else { return "" }
        return ", \(repeats.count) \(word)s"
    }
}
