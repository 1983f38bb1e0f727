import Compute
import Lang

/// A network in a script.
final class ModelValue: Foreign {
    let model: Model
    init(_ model: Model) { self.model = model }

    var typeName: String { "model" }
    var fieldNames: [String] { ["name", "source", "accuracy", "history"] }

    func field(_ name: String) throws -> Value? {
        switch name {
        case "name": return .string(model.name)
        case "source": return model.pretraining.map { .string($0.source) } ?? .nothing
        case "accuracy": return model.pretraining?.facts.map { .number($0.accuracy) } ?? .nothing
        case "history": return try model.pretraining?.facts.map { .table(try ModelValue.table($0.history)) } ?? .nothing
        default: return nil
        }
    }

    func display(width: Int) -> String { model.display(width: width) }
    var summary: String { "<model \(model.name)>" }

    private static func table(_ history: History) throws -> Table {
        let readings = history.readings
        return try Table([
            ("step", .numbers(readings.map { Double($0.step) })), ("loss", .numbers(readings.map(\.loss))),
            ("accuracy", .numbers(readings.map(\.accuracy))), ("lr", .numbers(readings.map(\.learningRate))),
        ])
    }
}

/// A piece of a network that `network(…)` puts together.
final class LayerValue: Foreign {
    let block: Block
    init(_ block: Block) { self.block = block }

    var typeName: String { "layer" }
    func display(width: Int) -> String { "layer" + (words.isEmpty ? "" : " " + words) }
    var summary: String { words.isEmpty ? "<layer>" : "<layer \(words)>" }

    /// What a single layer is; a tree of them has no short name.
    private var words: String {
        guard case .layer(let layer) = block else { return "" }
        return layer.settings.isEmpty ? layer.label : "\(layer.label) \(layer.settings)"
    }

    func isEqual(to other: any Foreign) -> Bool { (other as? LayerValue)?.block == block }
}

/// A data set in a script; nothing is read until it is used.
final class DatasetValue: Foreign {
    let reference: DatasetReference
    /// Knows where data sets lie and which have been read.
    private let session: Session

    init(_ reference: DatasetReference, _ session: Session) {
        self.reference = reference
        self.session = session
    }

    var typeName: String { "dataset" }
    var fieldNames: [String] { ["name", "title", "classes"] }
    private var layout: DatasetLayout? { DatasetLayout.named(reference.layout) }

    func field(_ name: String) -> Value? {
        switch name {
        case "name": .string(reference.name)
        case "title": .string(layout?.title ?? "")
        case "classes": .strings(layout?.classes ?? [])
        default: nil
        }
    }

    func display(width: Int) -> String {
        reference.display(loaded: session.known(reference), folders: session.dataFolders, width: width)
    }

    var summary: String { "<dataset \(reference.name)>" }

    func isEqual(to other: any Foreign) -> Bool { (other as? DatasetValue)?.reference == reference }
}

/// Stochastic gradient descent with its numbers.
final class RecipeValue: Foreign {
    let recipe: Recipe
    init(_ recipe: Recipe) { self.recipe = recipe }

    var typeName: String { "recipe" }
    func display(width: Int) -> String { recipe.display(width: width) }
    func isEqual(to other: any Foreign) -> Bool { (other as? RecipeValue)?.recipe == recipe }
}

/// A learning-rate schedule.
final class ScheduleValue: Foreign {
    let schedule: Schedule
    init(_ schedule: Schedule) { self.schedule = schedule }

    var typeName: String { "schedule" }
    func display(width: Int) -> String { "schedule \(schedule.words)" }
    func isEqual(to other: any Foreign) -> Bool { (other as? ScheduleValue)?.schedule == schedule }
}

/// One of the three ways from a network to a data set.
final class SettingValue: Foreign {
    let setting: Setting
    init(_ setting: Setting) { self.setting = setting }

    var typeName: String { "setting" }
    func display(width: Int) -> String { setting.display(width: width) }
    var summary: String { "<setting \(setting.name)>" }
    func isEqual(to other: any Foreign) -> Bool { (other as? SettingValue)?.setting == setting }
}

/// A study before it is run.
final class StudyValue: Foreign {
    let study: Study
    init(_ study: Study) { self.study = study }

    var typeName: String { "study" }
    func display(width: Int) -> String { study.display(width: width) }
}
