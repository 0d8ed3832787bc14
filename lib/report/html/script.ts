/** The page's only script: a button saves the JSON of its document, indented as `--export-json` writes it. */
export const script = `
for (const button of document.querySelectorAll("button")) {
  button.onclick = () => {
    const saved = JSON.parse(document.getElementById(button.value).textContent);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(saved, undefined, 2) + "\\n"], { type: "application/json" }));
    link.download = button.name;
    link.click();
  };
}
`;
