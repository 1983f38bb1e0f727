/// A piece of a network as a tree: what families, scripts and `Combinators` build graphs from.
///
/// Names: `.named` opens a scope, `stage1.block0`; a layer named directly takes the scope's path itself; any other layer is
/// called after its label and its number in the innermost scope, `stage1.block0.relu2`. Names key parameters and their random
/// streams, so that the tree's shape outside a scope does not change what is inside.
public indirect enum Block: Sendable {
    case layer(any Layer)
    case sequential([Block])
    /// Every branch reads the same input.
    case parallel([Block], join: Join)
    /// `body(x) + shortcut(x)`; without a shortcut, `body(x) + x`.
    case residual(Block, shortcut: Block?)
    case named(String, Block)
    /// Changes nothing, and keeps what passes under a name, for `recall` in the same scope or one inside it.
    case keep(String)
    /// The block behind the value kept under a name instead of the one before it.
    case recall(String, Block)
    /// Changes nothing; while training, the block, which ends in a linear layer of as many classes as the network, classifies
    /// what passes too, and its loss counts `weight` times.
    case auxiliary(Block, weight: Float)

    public enum Join: String, Hashable, Sendable, CaseIterable {
        case concat, add
    }
}

extension Block: Hashable {
    public static func == (one: Block, other: Block) -> Bool {
        switch (one, other) {
        case (.layer(let a), .layer(let b)): AnyHashable(a) == AnyHashable(b)
        case (.sequential(let a), .sequential(let b)): a == b
        case (.parallel(let a, let join), .parallel(let b, let otherJoin)): a == b && join == otherJoin
        case (.residual(let a, let shortcut), .residual(let b, let otherShortcut)): a == b && shortcut == otherShortcut
        case (.named(let a, let block), .named(let b, let otherBlock)): a == b && block == otherBlock
        case (.keep(let a), .keep(let b)): a == b
        case (.recall(let a, let block), .recall(let b, let otherBlock)): a == b && block == otherBlock
        case (.auxiliary(let a, let weight), .auxiliary(let b, let otherWeight)): a == b && weight == otherWeight
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .layer(let layer): hasher.combine(AnyHashable(layer))
        case .sequential(let blocks): hasher.combine(blocks)
        case .parallel(let branches, let join):
            hasher.combine(branches)
            hasher.combine(join)
        case .residual(let body, let shortcut):
            hasher.combine(body)
            hasher.combine(shortcut)
        case .named(let name, let block), .recall(let name, let block):
            hasher.combine(name)
            hasher.combine(block)
        case .keep(let name): hasher.combine(name)
        case .auxiliary(let block, let weight):
            hasher.combine(block)
            hasher.combine(weight)
        }
    }
}
