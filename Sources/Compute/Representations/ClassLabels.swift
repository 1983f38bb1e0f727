/// The classes of examples, numbered in order from 0. Only classes that have examples are counted: an empty class says
/// nothing about features.
public struct ClassLabels: Hashable, Sendable {
    /// What a class is called: a number, or a name. Numbers come first.
    public enum Label: Hashable, Comparable, Sendable {
        case number(Double)
        case name(String)
    }

    /// The class of every example, in `0..<count`.
    public let indices: [Int]
    /// How many examples each class has.
    public let sizes: [Int]
    private let positions: [Label: Int]

    public var count: Int { sizes.count }

    public init(_ labels: [Label]) {
        let classes = Set(labels).sorted()
        let positions = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
        indices = labels.map { positions[$0] ?? 0 }
        var sizes = [Int](repeating: 0, count: classes.count)
        for index in indices { sizes[index] += 1 }
        self.sizes = sizes
        self.positions = positions
    }

    public init(_ labels: [Int]) { self.init(labels.map { .number(Double($0)) }) }

    /// Other examples' labels by the numbers of these classes; −1 for a class that is none of them.
    public func numbers(of labels: [Label]) -> [Int] { labels.map { positions[$0] ?? -1 } }

    /// 1 where an example is of a class and `other` where not, examples × classes.
    func indicators(other: Double = 0) -> FeatureMatrix {
        var values = [Double](repeating: other, count: indices.count * count)
        for (row, index) in indices.enumerated() { values[row * count + index] = 1 }
        return FeatureMatrix(unchecked: indices.count, count, values)
    }

    /// - Throws: `ComputeError` of kind `.badArgument` when there is not one label an example.
    func check(examples: Int) throws {
        guard indices.count == examples else {
            throw ComputeError(
                .badArgument, "every example needs one label, got \(indices.count) labels for \(examples) examples",
                subject: "labels")
        }
    }

    /// - Throws: `ComputeError` of kind `.badArgument` when all examples are of one class, so that nothing is to be told apart.
    func checkSeveral() throws {
        guard count > 1 else {
            throw ComputeError(
                .badArgument, "the examples must be of two classes or more, got \(count)", subject: "labels")
        }
    }
}
