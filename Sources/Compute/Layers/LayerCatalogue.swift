/// Every kind of layer, sorted: the table of contents of this folder. Tests run over it, so that a new layer without shapes to
/// be tested with is noticed.
public enum LayerCatalogue {
    public static let all: [any Layer.Type] = [
        Activation.self,
        Add.self,
        BatchNorm.self,
        Concat.self,
        Convolution.self,
        DropPath.self,
        Dropout.self,
        Flatten.self,
        GlobalPool.self,
        Input.self,
        Linear.self,
        Pooling.self,
        Shift.self,
        Times.self,
    ]
}
