using System.Collections.Immutable;

namespace Mlir.Backends;

/// <summary>Collects the backends of a <see cref="Compiler"/>; each backend's project adds a <c>UseX()</c> to it.</summary>
public sealed class CompilerBuilder
{
    private readonly ImmutableArray<Backend>.Builder backends = ImmutableArray.CreateBuilder<Backend>();

    /// <summary>Adds a backend. The first one added is the default.</summary>
    /// <param name="backend">The backend; one of the same name that was added before is replaced.</param>
    /// <returns>This builder.</returns>
    public CompilerBuilder Add(Backend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        for (var i = 0; i < backends.Count; i++)
        {
            if (backends[i].Name == backend.Name)
            {
                backends[i] = backend;
                return this;
            }
        }

        backends.Add(backend);
        return this;
    }

    /// <summary>Makes the compiler.</summary>
    /// <exception cref="InvalidOperationException">No backend was added.</exception>
    public Compiler Build() =>
        backends.Count > 0
            ? new Compiler(backends.ToImmutable())
            : throw new InvalidOperationException(
                "A compiler needs at least one backend: call UseCpu() or UseInterpreter()."
            );
}
