// The files that a post is going to take along, to look at and to take out again.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

interface Props {
  files: readonly File[];
  /** They are on their way: none can be taken out any more. */
  fixed: boolean;
  onChange: (files: readonly File[]) => void;
}

export function Attachments({ files, fixed, onChange }: Props) {
  return (
    <ul class="attachments" aria-label="Files of the post">
      {files.map((file) => (
        <li key={file}>
          <Preview file={file} />
          {!fixed && (
            <button
              type="button"
              class="bare"
              title="Take out"
              onClick={() => onChange(files.filter((other) => other !== file))}
            >
              <Icon name="close" />
              <span class="unseen">Take out {file.name}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { file: File }) {
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const fail = () => setBroken(true);
  if (broken || !address) return <span class="no-preview">{file.name}</span>;
  return file.type.startsWith("video/") ? (
    <video src={address} aria-label={file.name} muted playsInline preload="metadata" onError={fail} />
  ) : (
    <img src={address} alt={file.name} onError={fail} />
  );
}
