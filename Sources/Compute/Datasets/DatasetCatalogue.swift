// Made by `make catalogue` from the declarations of this folder: do not edit.

extension DatasetLayout {
    /// Everything that is declared, in the order of its name.
    public static let all: [DatasetLayout] = [
        .emoji,
        .fashionMNIST,
        .mnist,
        .scenes,
        .shapes,
        .textures,
    ]
}
