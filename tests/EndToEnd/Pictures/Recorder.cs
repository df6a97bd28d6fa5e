using System.Diagnostics;
using Microsoft.Playwright;

namespace Bookinfo.Tests.EndToEnd.Pictures;

/// <summary>Takes pictures of a page while things happen on it, and keeps of each what has changed. The browser compresses them.</summary>
/// <param name="page">The page.</param>
/// <param name="studio">An empty page that works on the pictures.</param>
internal sealed class Recorder(IPage page, IPage studio)
{
    /// <summary>Compares a picture with the last, and compresses the part that differs; empty where nothing does.</summary>
    private const string Compress = """
        async (png) => {
          const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
          const { width, height } = bitmap;
          const draw = (w, h, x, y) => {
            const canvas = Object.assign(document.createElement("canvas"), { width: w, height: h });
            const context = canvas.getContext("2d", { alpha: false });
            context.drawImage(bitmap, -x, -y);
            return { canvas, context };
          };
          const now = draw(width, height, 0, 0).context.getImageData(0, 0, width, height).data;
          const before = globalThis.before;
          globalThis.before = now;
          let [left, top, right, bottom] = [0, 0, width - 1, height - 1];
          if (before) {
            [left, top, right, bottom] = [width, height, -1, -1];
            for (let at = 0; at < now.length; at += 4) {
              if (now[at] !== before[at] || now[at + 1] !== before[at + 1] || now[at + 2] !== before[at + 2]) {
                const x = at / 4 % width, y = Math.floor(at / 4 / width);
                [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
              }
            }
            if (right < 0) return "";
          }
          left -= left % 2;
          top -= top % 2;
          const part = draw(right - left + 1, bottom - top + 1, left, top).canvas;
          const data = part.toDataURL("image/webp", 0.72).split(",")[1];
          return [left, top, part.width, part.height, data].join();
        }
        """;

    private readonly List<(string[] Part, TimeSpan At)> _parts = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Takes pictures for a time.</summary>
    public async Task RecordAsync(TimeSpan time)
    {
        for (var end = _watch.Elapsed + time; _watch.Elapsed < end;)
        {
            var at = _watch.Elapsed;
            var picture = await page.ScreenshotAsync();
            if (await studio.EvaluateAsync<string>(Compress, Convert.ToBase64String(picture)) is { Length: > 0 } part)
            {
                _parts.Add((part.Split(','), at));
            }

            await page.WaitForTimeoutAsync(300);
        }
    }

    /// <summary>What was recorded, as an animated WebP.</summary>
    public byte[] ToWebP(int width, int height) => AnimatedWebP.Write(width, height, _parts.Select((one, place) =>
    {
        var until = place + 1 < _parts.Count ? _parts[place + 1].At : _watch.Elapsed;
        var numbers = Array.ConvertAll(one.Part[..4], int.Parse);
        return new Frame(numbers[0], numbers[1], numbers[2], numbers[3], Convert.FromBase64String(one.Part[4]), until - one.At);
    }));
}
