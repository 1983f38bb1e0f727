import Compute
import Foundation
import Lang

/// Data sets for scripts.
enum DatasetNatives {
    private static let group = "Datasets"
    private static var dataset: Parameter { Parameter("dataset", .foreign(typeName: "dataset")) }
    private static var size: Parameter {
        optional("size", .integer(8...1024), "pixels of a side; none takes the network's")
    }
    private static var channels: Parameter {
        optional("channels", .integer(1...3), "1 grey, 3 colour; none takes the network's")
    }
    private static var split: Parameter {
        Parameter("split", .choice(Dataset.Split.allCases.map(\.rawValue)), default: .string("train"))
    }

    static func signatures(_ session: Session) -> [Signature] {
        let names = DatasetLayout.all.map(\.name)
        let kinds = DatasetLayout.all.filter(\.isSynthetic).map(\.name)
        return [
            .host(
                "dataset", group: group, "A data set by its name.",
                text: DatasetLayout.all.map { "\($0.name): \($0.title), \($0.classes.count) classes" }.joined(
                    separator: "\n"),
                [Parameter("name", .choice(names)), size, channels], returns: .foreign(typeName: "dataset"),
                example: "dataset(\"textures\")"
            ) { call in
                var options = DatasetOptions()
                options.size = try call.optionalInteger("size")
                options.channels = try call.optionalInteger("channels")
                return try value(try call.string("name"), options, session)
            },
            .host(
                "synthetic", group: group, "A procedurally generated data set with its numbers chosen.",
                [
                    Parameter("kind", .choice(kinds)), size, channels,
                    Parameter("train", .integer(1...100_000), default: .number(120), "training images a class"),
                    Parameter("validation", .integer(1...100_000), default: .number(40)),
                    Parameter("test", .integer(1...100_000), default: .number(80)),
                    Parameter("difficulty", .number(0...1), default: .number(0.5)),
                    Parameter("seed", .integer(0...Int.max), default: .number(0), "other pictures for another seed"),
                ], returns: .foreign(typeName: "dataset"), example: "synthetic(\"shapes\", train: 20, difficulty: 0.2)"
            ) { try synthetic($0, session) },
            .host(
                "subset", group: group, "At most `per_class` training images of each class, drawn with a seed.",
                text: "The last fit is on these alone, not on validation images too (Kornblith et al. 2019, A.1).",
                [
                    dataset, Parameter("per_class", .integer(1...1_000_000)),
                    Parameter("seed", .integer(0...Int.max), default: .number(0)),
                ], returns: .foreign(typeName: "dataset"), example: "subset(dataset(\"textures\"), per_class: 10)"
            ) { call in
                var reference = try call.foreign("dataset", as: DatasetValue.self).reference
                let count = try call.integer("per_class")
                reference.perClass = .init(count: count, seed: UInt64(try call.integer("seed")))
                reference.name += " (\(count) a class)"
                return .foreign(DatasetValue(reference, session))
            },
            .host(
                "classes", group: group, "The names of a data set's classes.", [dataset],
                returns: .list(of: .string), example: "classes(dataset(\"emoji\"))"
            ) {
                .strings(
                    try $0.foreign("dataset", as: DatasetValue.self).field("classes")?.asList?.values.compactMap(
                        \.asString) ?? [])
            },
            .host(
                "splits", group: group, "How many images of each class every split has.", [dataset],
                returns: .foreign(typeName: "table"),
                example: "splits(synthetic(\"shapes\", train: 5, validation: 2, test: 3))"
            ) { call in
                .table(
                    try counts(
                        session.load(try call.foreign("dataset", as: DatasetValue.self).reference, shape: nil).dataset))
            },
            .host(
                "preview", group: group, "Writes a sheet of a data set's first pictures as a PNG file.",
                [
                    dataset, Parameter("count", .integer(1...10_000), default: .number(40)), split,
                    Parameter("path", .string, default: .string("preview.png")),
                ], returns: .foreign(typeName: "picture"),
                example: "preview(dataset(\"shapes\"), 20, path: \"shapes.png\")"
            ) { call in
                let reference = try call.foreign("dataset", as: DatasetValue.self).reference
                let loaded = try session.load(reference, shape: nil).dataset
                let split = Dataset.Split(rawValue: try call.string("split")) ?? .train
                let sheet = loaded.preview(split, count: try call.integer("count"), columns: 10)
                let path = try call.string("path")
                let picture = [UInt8](try PNG.encode(sheet))
                try session.save(picture, as: .png, to: path)
                session.onSave?(Picture(png: picture, path: path))
                return .foreign(PictureValue(png: picture, path: path))
            },
        ]
    }

    private static func value(_ name: String, _ options: DatasetOptions, _ session: Session) throws -> Value {
        try options.validate()
        return .foreign(DatasetValue(DatasetReference(name: name, layout: name, options: options), session))
    }

    private static func synthetic(_ call: NativeCall, _ session: Session) throws -> Value {
        var options = DatasetOptions()
        options.size = try call.optionalInteger("size")
        options.channels = try call.optionalInteger("channels")
        options.trainPerClass = try call.integer("train")
        options.validationPerClass = try call.integer("validation")
        options.testPerClass = try call.integer("test")
        options.difficulty = try call.number("difficulty")
        options.seed = UInt64(try call.integer("seed"))
        return try value(try call.string("kind"), options, session)
    }

    private static func counts(_ dataset: Dataset) throws -> Table {
        let columns = Dataset.Split.allCases.map { split in
            let labels = dataset[split].labels
            let counts = dataset.classes.indices.map { label in Double(labels.count { Int($0) == label }) }
            return (name: split.rawValue, column: Column.numbers(counts))
        }
        return try Table([("class", .strings(dataset.classes))] + columns)
    }
}
