// Made by `make catalogue` from the declarations of this folder: do not edit.

extension NetworkFamily {
    /// Everything that is declared, in the order of its name.
    public static let all: [NetworkFamily] = [
        .denseNet,
        .inceptionV1,
        .mobileNetV1,
        .mobileNetV2,
        .resNet,
    ]
}
