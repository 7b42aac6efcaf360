// Stands where a view needs an account and nobody is signed in.
import { View } from "../components/view.tsx";
import { Welcome } from "../components/welcome.tsx";

export function SignInFirst({ title }: { title: string }) {
  return (
    <View title={title}>
      <Welcome />
    </View>
  );
}
