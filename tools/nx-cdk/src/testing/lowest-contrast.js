// Runs in a browser: the lowest contrast of any text of the page against what is behind it, as WCAG 2 counts it.
(() => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const box = at.classList.contains('node') ? at.querySelector('.box') : undefined;
      const color = box ? getComputedStyle(box).fill : getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const hasText = ({ childNodes }) => [...childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const texts = [...document.body.querySelectorAll('*')].filter(
    (element) => !['title', 'desc'].includes(element.tagName) && hasText(element),
  );
  const contrasts = texts.map((element) => {
    const { fill, color } = getComputedStyle(element);
    const own = element instanceof SVGElement ? fill : color;
    const [dark, bright] = [luminance(own), luminance(behind(element))].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
  return Math.min(...contrasts);
})();
