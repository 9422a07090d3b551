namespace Mlir.Dataflow;

/// <summary>Who decides where the nodes of a picture stand.</summary>
public enum PictureLayout
{
    /// <summary>This library: layers from top to bottom. The same graph gives the same picture everywhere.</summary>
    Layered,

    /// <summary>The program <c>dot</c> of Graphviz, which has to be installed. The picture depends on its version.</summary>
    Graphviz,
}
